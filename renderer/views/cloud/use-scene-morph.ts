// Lets the scene's points travel to another model's layout, and back when that is put away.
import { useLayoutEffect, useRef } from 'react'
import type { CloudSceneApi } from '../../scene/cloud/cloud-scene-types.ts'
import type { CloudData } from '../../state/cloud-points.ts'
import { useLatent, useLatentStore } from '../../use-latent.ts'
import { motionMs } from './glide.ts'

/** The first time it plays by itself, slowly enough to follow a photo. */
const playMs = 3_500

export function useSceneMorph(scene: CloudSceneApi | null, { points, positions }: CloudData): void {
  const store = useLatentStore()
  const morph = useLatent((state) => state.cloudMorph)
  const fed = useRef<{ readonly scene: CloudSceneApi; readonly of: Float32Array } | null>(null)
  useLayoutEffect(() => {
    if (scene === null) return
    if (morph === null) {
      // What changed under it was set by the feed already.
      if (fed.current?.scene === scene && fed.current.of === positions.positions) {
        scene.setPositions(positions.positions, positions.dims, motionMs())
      }
      fed.current = null
      return
    }
    if (
      morph.pointsRevision !== points.revision ||
      morph.positionsRevision !== positions.revision
    ) {
      return
    }
    fed.current = { scene, of: positions.positions }
    scene.setMorph(positions.positions, morph.positions, morph.dims)
    scene.morph(1, motionMs(playMs))
    store.getState().tellMorphAway(true)
  }, [scene, morph, points, positions, store])
}
