// Gives a view one layer's maps: asks for them and keeps the last ones until the new ones are there.
import { useEffect, useState } from 'react'
import type { Failure } from '../../../preload/contract/errors.ts'
import type { InspectorSlot } from '../../../preload/contract/inspector.ts'
import { type LayerMaps, layerKey } from '../../state/layer-maps-slice.ts'
import { useLatent } from '../../use-latent.ts'

export interface ShownMaps {
  /** May be another layer's, or the photo's before, while `busy`. */
  readonly maps: LayerMaps | null
  readonly busy: boolean
  readonly failure: Failure | null
  readonly retry: () => void
}

export function useLayerMaps(slot: InspectorSlot, layer: string): ShownMaps {
  const session = useLatent((state) => state.inspected[slot].photo?.session ?? '')
  const key = layerKey(session, layer)
  const current = useLatent((state) => state.layerMaps.get(key) ?? null)
  const failure = useLatent((state) => state.layerFailures.get(key) ?? null)
  const loadLayer = useLatent((state) => state.loadLayer)
  const inspectAgain = useLatent((state) => state.inspectAgain)
  const [shown, setShown] = useState<LayerMaps | null>(current)
  if (current !== null && current !== shown) setShown(current)
  if (session === '' && shown !== null) setShown(null)

  useEffect(() => {
    if (session !== '' && layer !== '') loadLayer(slot, session, layer)
  }, [loadLayer, slot, session, layer])

  return {
    maps: current ?? shown,
    busy: current === null && failure === null && session !== '',
    failure,
    // A session that main no longer knows comes back by opening the photo again.
    retry: () =>
      failure?.code === 'not-found' ? void inspectAgain(slot) : loadLayer(slot, session, layer),
  }
}
