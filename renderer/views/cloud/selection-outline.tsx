// Draws a box or a lasso over the Cloud, tells how many photos it holds, and selects them at the end.
import './selection-outline.css'
import { type PointerEvent, useRef } from 'react'
import { type CloudSceneApi, pointFlag } from '../../scene/cloud/cloud-scene-types.ts'
import type { CloudData } from '../../state/cloud-points.ts'
import type { SelectMode } from '../../state/cloud-selection-slice.ts'
import type { CloudTool } from '../../state/cloud-view-slice.ts'
import { formatCounted } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'
import { boxOutline, lassoOutline, type Place, pathOf, polygonOf } from './outline-shape.ts'

interface SelectionOutlineProps {
  readonly tool: Exclude<CloudTool, 'move'>
  readonly scene: CloudSceneApi
  readonly data: CloudData
  readonly flags: Uint8Array
}

const modeOf = ({ shiftKey, ctrlKey, metaKey, altKey }: PointerEvent): SelectMode =>
  altKey ? 'remove' : shiftKey || ctrlKey || metaKey ? 'add' : 'replace'

export function SelectionOutline({ tool, scene, data, flags }: SelectionOutlineProps) {
  const selectPhotos = useLatent((state) => state.selectPhotos)
  const chooseTool = useLatent((state) => state.chooseTool)
  const path = useRef<SVGPathElement>(null)
  const count = useRef<HTMLOutputElement>(null)
  const outline = useRef<readonly Place[]>([])
  const frame = useRef(0)

  /** What is faint was left out on purpose: drawing around it does not bring it back. */
  const idsInside = (): Uint32Array => {
    if (outline.current.length < 3) return new Uint32Array()
    const inside = scene.pointsInside(polygonOf(outline.current))
    const bright = inside.filter((point) => ((flags[point] ?? 0) & pointFlag.faint) === 0)
    return bright.map((point) => data.points.ids[point] ?? 0)
  }
  /** Straight to the page: a render for every move of the hand would lag behind it. */
  const draw = (at: Place): void => {
    path.current?.setAttribute('d', pathOf(outline.current))
    if (count.current === null) return
    if (outline.current.length >= 3)
      scene.watchInside(polygonOf(outline.current), (bright) => {
        if (count.current !== null && outline.current.length > 0)
          count.current.textContent = formatCounted(bright, 'photo')
      })
    count.current.style.translate = `${at.xPx + 14}px ${at.yPx + 14}px`
  }
  const placeOf = ({ nativeEvent }: PointerEvent): Place => ({
    xPx: nativeEvent.offsetX,
    yPx: nativeEvent.offsetY,
  })
  const stop = (): void => {
    cancelAnimationFrame(frame.current)
    scene.watchInside(null, () => {})
    outline.current = []
    path.current?.setAttribute('d', '')
    if (count.current !== null) count.current.textContent = ''
  }

  return (
    <div
      className="selection-outline"
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        outline.current = [placeOf(event)]
      }}
      onPointerMove={(event) => {
        const [from] = outline.current
        if (from === undefined) return
        const at = placeOf(event)
        outline.current = tool === 'box' ? boxOutline(from, at) : lassoOutline(outline.current, at)
        cancelAnimationFrame(frame.current)
        frame.current = requestAnimationFrame(() => draw(at))
      }}
      onPointerUp={(event) => {
        if (outline.current.length === 0) return
        const ids = idsInside()
        const drawn = outline.current.length >= 3
        stop()
        if (!drawn) return
        selectPhotos(ids, modeOf(event))
        chooseTool('move')
      }}
      onPointerCancel={stop}
      data-testid="selection-outline"
    >
      <svg aria-hidden="true">
        <path ref={path} />
      </svg>
      <output ref={count} aria-label="Photos inside" />
    </div>
  )
}
