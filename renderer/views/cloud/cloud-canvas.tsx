// The drawn Cloud: what the pointer and the keyboard do on it, and what floats right above it.
import './cloud-canvas.css'
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { CloudInset } from '../../scene/cloud/free-area.ts'
import type { CloudData } from '../../state/cloud-points.ts'
import { useElementSize } from '../../ui/use-element-size.ts'
import { useLatent, useLatentStore } from '../../use-latent.ts'
import { PhotoMenu } from '../library/photo-menu.tsx'
import { usePhotoMenu } from '../library/use-photo-menu.ts'
import { commandFor } from '../palette/command.ts'
import { cloudCommands } from './cloud-commands.ts'
import { ClusterNames } from './cluster-names.tsx'
import { HoverCard } from './hover-card.tsx'
import { OutsidePins } from './outside-pins.tsx'
import { SelectionOutline } from './selection-outline.tsx'
import { useCloudScene, useSceneFeed } from './use-cloud-scene.ts'
import { useSceneMarks } from './use-scene-marks.ts'
import { useSceneMorph } from './use-scene-morph.ts'
import type { Shown } from './use-shown.ts'

interface CloudCanvasProps {
  readonly data: CloudData
  readonly shown: Shown
  /** What panels cover of it. */
  readonly inset: CloudInset
  /** Stands in when nothing can be drawn. */
  readonly instead: ReactNode
}

/** A press that moves no farther is a click. */
const clickPx = 4

export function CloudCanvas({ data, shown, inset, instead }: CloudCanvasProps) {
  const store = useLatentStore()
  const tool = useLatent((state) => state.cloudTool)
  const pick = useLatent((state) => state.pick)
  const [canvas, setCanvas] = useState<HTMLCanvasElement | null>(null)
  const [measure, roomPx] = useElementSize()
  const { widthPx, heightPx } = roomPx
  const [hovered, setHovered] = useState<number | null>(null)
  const movedListeners = useRef(new Set<() => void>())
  const onceMoved = useCallback((listener: () => void) => {
    movedListeners.current.add(listener)
    return () => void movedListeners.current.delete(listener)
  }, [])
  const listeners = useMemo(
    () => ({
      onHover: setHovered,
      onCameraMoved: () => {
        for (const listener of movedListeners.current) listener()
      },
    }),
    [],
  )
  const [scene, sceneState] = useCloudScene(canvas, listeners)

  useLayoutEffect(() => {
    if (widthPx > 0) scene?.resize(widthPx, heightPx, window.devicePixelRatio)
  }, [scene, widthPx, heightPx])
  useSceneFeed(scene, canvas, { data, shown, inset })
  useSceneMorph(scene, data)
  useSceneMarks(scene, data)

  const photoMenu = usePhotoMenu()
  const pressed = useRef({ xPx: 0, yPx: 0 })
  const isClick = ({ clientX, clientY }: MouseEvent): boolean =>
    Math.hypot(clientX - pressed.current.xPx, clientY - pressed.current.yPx) <= clickPx
  const photoAt = ({ nativeEvent }: MouseEvent): number | undefined => {
    const point = scene?.pick(nativeEvent.offsetX, nativeEvent.offsetY) ?? null
    return point === null ? undefined : data.points.ids[point]
  }

  const onClick = (event: MouseEvent): void => {
    if (!isClick(event) || tool !== 'move') return
    const id = photoAt(event)
    const command = event.ctrlKey || event.metaKey
    if (id === undefined) {
      if (!command && !event.shiftKey) store.getState().clearSelected()
    } else if (command) pick(id, 'toggle')
    else if (event.shiftKey) {
      store.getState().selectPhotos([id], 'add')
      pick(id, 'focus')
    } else pick(id, 'only')
  }
  const onDoubleClick = (event: MouseEvent): void => {
    const id = isClick(event) ? photoAt(event) : undefined
    if (id !== undefined) store.getState().openPreview(id)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const context = { state: store.getState(), scene, canvas }
    const command = commandFor(event.nativeEvent, cloudCommands, 'canvas', context)
    if (command === undefined) return
    event.preventDefault()
    command.run(context)
  }

  return (
    <div ref={measure} className="cloud-stage" data-tool={tool}>
      {sceneState === 'missing' ? (
        instead
      ) : (
        // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a canvas that is turned by hand and by key
        <canvas
          ref={setCanvas}
          className="cloud-canvas"
          role="application"
          aria-label="Cloud of photos"
          aria-roledescription="Photos in space: arrows turn, plus and minus zoom, Control K lists all commands"
          aria-describedby="cloud-says"
          tabIndex={0}
          onPointerDown={(event) => {
            pressed.current = { xPx: event.clientX, yPx: event.clientY }
            event.currentTarget.focus({ preventScroll: true })
          }}
          onClick={onClick}
          onDoubleClick={onDoubleClick}
          onContextMenu={(event) => {
            if (isClick(event)) photoMenu.open(event, photoAt(event))
          }}
          onKeyDown={onKeyDown}
        />
      )}
      {scene && (
        <>
          <ClusterNames
            scene={scene}
            data={data}
            flags={shown.flags}
            roomPx={roomPx}
            onceMoved={onceMoved}
          />
          {tool === 'move' && <OutsidePins scene={scene} roomPx={roomPx} onceMoved={onceMoved} />}
          {tool !== 'move' && (
            <SelectionOutline tool={tool} scene={scene} data={data} flags={shown.flags} />
          )}
          {hovered !== null && tool === 'move' && (
            <HoverCard scene={scene} point={hovered} data={data} roomPx={roomPx} />
          )}
        </>
      )}
      {sceneState === 'lost' && (
        <p className="cloud-notice" role="status">
          The graphics card went away for a moment. The Cloud comes back by itself.
        </p>
      )}
      {photoMenu.menu && <PhotoMenu menu={photoMenu.menu} onClose={photoMenu.close} />}
    </div>
  )
}
