// Joins the scene to React: makes it, feeds it what changed, and lets it go.
import { useContext, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { CloudScene } from '../../scene/cloud/cloud-scene.ts'
import type { CloudSceneApi, CloudSceneSources } from '../../scene/cloud/cloud-scene-types.ts'
import type { CloudInset } from '../../scene/cloud/free-area.ts'
import { WebGlMissingError } from '../../scene/cloud/webgl-missing.ts'
import { type CloudData, startingPositions } from '../../state/cloud-points.ts'
import { thumbUrl } from '../../ui/image-urls.ts'
import { useLatent, useLatentStore } from '../../use-latent.ts'
import { motionMs } from './glide.ts'
import { SceneContext } from './scene-context.ts'
import { lookOf, useBackdrop } from './use-backdrop.ts'
import type { Shown } from './use-shown.ts'

export interface SceneListeners {
  readonly onHover: (point: number | null) => void
  readonly onCameraMoved: () => void
}

export type SceneState = 'drawn' | 'lost' | 'missing'

async function loadThumbnail(url: string, signal: AbortSignal): Promise<ImageBitmap> {
  const response = await fetch(url, { signal })
  if (!response.ok) throw new Error(`Expected a thumbnail at ${url} but received nothing`)
  return createImageBitmap(await response.blob())
}

/** @returns the scene once it is there, and whether this machine can draw it */
export function useCloudScene(
  canvas: HTMLCanvasElement | null,
  listeners: SceneListeners,
): [CloudSceneApi | null, SceneState] {
  const store = useLatentStore()
  const { hold } = useContext(SceneContext)
  const [scene, setScene] = useState<CloudSceneApi | null>(null)
  const [sceneState, setSceneState] = useState<SceneState>('drawn')
  const heard = useRef(listeners)
  useEffect(() => {
    heard.current = listeners
  }, [listeners])

  useLayoutEffect(() => {
    if (canvas === null) return
    const sources: CloudSceneSources = {
      loadTiles: (ids, signal) => {
        signal.throwIfAborted()
        return store.getState().readTiles(ids)
      },
      loadThumbnail: (id, signal) =>
        loadThumbnail(thumbUrl(store.getState().library?.id ?? '', { id, status: 'ok' }), signal),
    }
    const events = {
      onHover: (point: number | null) => heard.current.onHover(point),
      onCameraMoved: () => heard.current.onCameraMoved(),
      onContextLost: () => setSceneState('lost'),
      onContextRestored: () => setSceneState('drawn'),
    }
    try {
      const made = new CloudScene(canvas, sources, events, lookOf(canvas))
      setScene(made)
      hold({ scene: made, canvas })
      return () => {
        hold(null)
        setScene(null)
        made.dispose()
      }
    } catch (error) {
      if (!(error instanceof WebGlMissingError)) throw error
      setSceneState('missing')
      return
    }
  }, [canvas, store, hold])
  return [scene, sceneState]
}

interface SceneFeed {
  readonly data: CloudData
  readonly shown: Shown
  readonly inset: CloudInset
}

/** Tells the scene what changed, and nothing else. */
export function useSceneFeed(
  scene: CloudSceneApi | null,
  canvas: HTMLCanvasElement | null,
  { data, shown, inset }: SceneFeed,
): void {
  const drawing = useLatent((state) => state.cloudDrawing)
  const pointScale = useLatent((state) => state.cloudPointScale)
  const motion = useLatent((state) => state.cloudMotion)
  const tool = useLatent((state) => state.cloudTool)
  const backdrop = useBackdrop()
  const fed = useRef<{ readonly scene: CloudSceneApi; readonly data: CloudData } | null>(null)
  /** The eye follows the whole cloud until the person moves it. */
  const following = useRef(true)

  useEffect(() => {
    if (canvas === null) return
    const listeners = new AbortController()
    const { signal } = listeners
    const stop = (): void => {
      following.current = false
    }
    for (const name of ['pointerdown', 'wheel', 'keydown'] as const)
      canvas.addEventListener(name, stop, { signal, passive: true })
    return () => listeners.abort()
  }, [canvas])

  useLayoutEffect(() => {
    scene?.setInset(inset)
    if (following.current) scene?.fit(null, motionMs())
  }, [scene, inset])

  useLayoutEffect(() => {
    if (scene === null) return
    const before = fed.current?.scene === scene ? fed.current.data : null
    fed.current = { scene, data }
    const { points, positions } = data
    if (before?.points !== points) {
      scene.setPoints(points.ids, points.aspects)
      const start = before === null ? positions.positions : startingPositions(before, data)
      scene.setPositions(start, positions.dims, 0)
    }
    if (before !== null && before.positions !== positions)
      scene.setPositions(positions.positions, positions.dims, motionMs())
    if (before?.positions.dims !== positions.dims) following.current = true
    if (before === null || (following.current && before.positions !== positions))
      scene.fit(null, before === null ? 0 : motionMs())
  }, [scene, data])

  // biome-ignore lint/correctness/useExhaustiveDependencies: new points forget their colours
  useLayoutEffect(() => scene?.setColours(shown.coloursRgb), [scene, data.points, shown.coloursRgb])
  // biome-ignore lint/correctness/useExhaustiveDependencies: new points forget their flags
  useLayoutEffect(() => scene?.setFlags(shown.flags), [scene, data.points, shown.flags])
  useLayoutEffect(() => scene?.setFramed(shown.legend !== null), [scene, shown.legend])
  useLayoutEffect(() => scene?.setDrawing(drawing), [scene, drawing])
  useLayoutEffect(() => scene?.setPointScale(pointScale), [scene, pointScale])
  useLayoutEffect(() => scene?.setMotion(motion), [scene, motion])
  useLayoutEffect(() => scene?.setSelecting(tool !== 'move'), [scene, tool])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stylesheet follows the backdrop
  useLayoutEffect(() => {
    if (canvas !== null) scene?.setLook(lookOf(canvas))
  }, [scene, canvas, backdrop])
}
