// What the window may ask of activation atlases.
import { ok } from '../../preload/contract/errors.ts'
import type { ActivationAtlases } from '../activation-atlas/activation-atlases.ts'
import { answered } from './answered.ts'
import type { ActivationAtlasRequestName, Handlers } from './handle.ts'

export function activationAtlasHandlers(
  atlases: ActivationAtlases,
): Pick<Handlers, ActivationAtlasRequestName> {
  return {
    'activation-atlas:open': ({ layer }) => answered(atlases.open(layer)),
    'activation-atlas:make': (settings) => answered(atlases.make(settings)),
    'activation-atlas:stop': () => ok(atlases.stop()),
    'activation-atlas:map': () => answered(async () => atlases.map()),
    'activation-atlas:cell': ({ atlasId, ...place }) => answered(atlases.cell(atlasId, place)),
    'activation-atlas:dreams': ({ atlasId, cells }) =>
      answered(async () => atlases.wantDreams(atlasId, cells)),
  }
}
