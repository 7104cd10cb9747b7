// The two forms of a network, integers and floats: which one a provider runs, and how it is read.
import { readFile } from 'node:fs/promises'
import { decodeModel, encodeModel } from '../onnx/codec.ts'
import { graphOf } from '../onnx/graph.ts'
import type { Model } from '../onnx/model.ts'
import { spellOutLrn } from '../onnx/rewrites/spell-out-lrn.ts'
import { addUnitMaxima, unitMaxima } from '../onnx/rewrites/unit-maxima.ts'
import type { ModelSpec } from './protocol.ts'

/** Of what {@link onnxOf} makes of files: with another one, graphs that were kept are made anew. */
export const formVersion = 'form 1'

/** The float form in the place of the network's own; undefined where it has none. */
export const inFloats = (model: ModelSpec): ModelSpec | undefined =>
  model.float === undefined
    ? undefined
    : {
        ...model,
        onnxPath: model.float.onnxPath,
        float: undefined,
        unitLayersToAdd: model.float.unitLayers,
      }

/** @param floatOn providers that run the float form */
export const formOn = (
  model: ModelSpec,
  floatOn: readonly string[],
  provider: string,
): ModelSpec => (floatOn.includes(provider) ? (inFloats(model) ?? model) : model)

/**
 * Providers with a poor local response normalisation: the CPU's takes 40% of AlexNet's time, and
 * WebGPU has none, so that its largest maps would go to the CPU and back.
 */
const spelledOutOn: readonly string[] = ['cpu', 'webgpu']

/**
 * What ONNX Runtime is to load: the file itself, or what has to be made of it. That is the float form
 * with the greatest activations of its units as an output, which the Inspector's file is without; and
 * local response normalisation in other operators.
 *
 * @throws Error when its units are not those of the network's own form
 */
export async function onnxOf(spec: ModelSpec, provider: string): Promise<string | Uint8Array> {
  const { onnxPath, unitLayersToAdd = [] } = spec
  const mustSpellOut = spelledOutOn.includes(provider)
  if (unitLayersToAdd.length === 0 && !mustSpellOut) return onnxPath
  const bytes = await readFile(onnxPath)
  const spellsOut = mustSpellOut && bytes.includes('LRN')
  if (unitLayersToAdd.length === 0 && !spellsOut) return onnxPath
  const model = decodeModel(bytes)
  const complete = withUnits(model, unitLayersToAdd)
  const made = spellsOut ? spellOutLrn(complete) : complete
  return made === model ? onnxPath : encodeModel(made)
}

function withUnits(
  model: Model,
  unitLayersToAdd: NonNullable<ModelSpec['unitLayersToAdd']>,
): Model {
  if (unitLayersToAdd.length === 0) return model
  if (graphOf(model).outputs.some(({ name }) => name === unitMaxima)) return model
  const { model: withMaxima, layers } = addUnitMaxima(model)
  const isSame =
    layers.length === unitLayersToAdd.length &&
    layers.every(({ layer, channels }, i) => {
      const wanted = unitLayersToAdd[i]
      return wanted?.layer === layer && wanted.channels === channels
    })
  if (!isSame) throw new Error('Its float form has other layers than the one in integers.')
  return withMaxima
}
