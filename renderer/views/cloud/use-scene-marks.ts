// What stands out in the scene: the focused photo, links to its neighbours, a dropped file's place.
import { useLayoutEffect } from 'react'
import type { CloudSceneApi } from '../../scene/cloud/cloud-scene-types.ts'
import { shownOutside } from '../../state/cloud-outside-slice.ts'
import { type CloudData, placeOf } from '../../state/cloud-points.ts'
import { useLatent } from '../../use-latent.ts'
import { useShownNeighbours } from './use-shown-neighbours.ts'

export function useSceneMarks(scene: CloudSceneApi | null, { points }: CloudData): void {
  const focusId = useLatent((state) => state.selection.focusId)
  const outside = useLatent(shownOutside)
  const neighbours = useShownNeighbours()
  const { ids } = points

  useLayoutEffect(() => {
    const place = focusId === null ? -1 : placeOf(ids, focusId)
    scene?.setFocus(place < 0 ? null : place)
  }, [scene, ids, focusId])

  useLayoutEffect(
    () => scene?.setMarker(outside === null ? null : outside.place.position),
    [scene, outside],
  )

  useLayoutEffect(() => {
    if (scene === null) return
    const fromId = neighbours?.fromId ?? null
    const from = fromId === null ? -1 : placeOf(ids, fromId)
    const fromMarker = (neighbours?.outside ?? null) !== null
    const found = (neighbours?.found ?? [])
      .map(({ photo, similarity }) => ({ place: placeOf(ids, photo.id), similarity }))
      .filter(({ place }) => place >= 0)
    if ((from < 0 && !fromMarker) || found.length === 0) return scene.setLinks(null)
    scene.setLinks({
      from: fromMarker ? null : from,
      to: Uint32Array.from(found, ({ place }) => place),
      strengths: Float32Array.from(found, ({ similarity }) => Math.max(0, similarity)),
    })
  }, [scene, ids, neighbours])
}
