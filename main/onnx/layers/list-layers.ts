// Lists a network's layers as people draw them.
import type { LayerKind } from '../../../preload/contract/inspector.ts'
import { type GraphIndex, graphOf, indexGraph } from '../graph.ts'
import type { Model } from '../model.ts'
import { type ReceptiveField, receptiveFields } from '../receptive-field.ts'
import { inferShapes } from '../shapes/infer-shapes.ts'
import type { Facts } from '../shapes/shape.ts'
import { type ClassifierOutputs, findHead } from './head.ts'
import { type NamePath, namePaths } from './name-path.ts'
import { kindOfStage, nameStages } from './stage-names.ts'
import { findStages, type Stage } from './stages.ts'
import { findUnits, type Unit } from './units.ts'

export interface Layer {
  /** Unique in the network: conv1, pool1, Mixed_5b, fire2, logits. */
  readonly name: string
  /** Value to tap, after the layer's activation. */
  readonly value: string
  readonly kind: LayerKind
  /** Operator that does the layer's work; of a block, the one that ends it. */
  readonly opType: string
  /** Without the batch: [C, H, W] or [C]; undefined when it cannot be known. */
  readonly shape: readonly number[] | undefined
  /** Learnt weights and biases. */
  readonly parameterCount: number
  readonly field: ReceptiveField | undefined
  /** Steps inside a block, in order; empty for a layer of one step. */
  readonly inner: readonly Layer[]
}

export interface NetworkLayers extends Partial<ClassifierOutputs> {
  /** Graph input that holds the picture. */
  readonly input: string | undefined
  readonly layers: readonly Layer[]
  /** Name of the last layer with a map of positions: the one that Grad-CAM looks at. */
  readonly lastConvolutional: string | undefined
  readonly classCount: number | undefined
}

/**
 * The layers between the picture and the class scores (or the last output of a network without
 * any), in order. A convolution with its bias, batch normalisation and activation is one layer;
 * parallel paths that meet again are a block, whose steps are in `inner`.
 *
 * @throws GraphError when no order of the nodes exists
 */
export function listLayers(model: Model): NetworkLayers {
  const index = indexGraph(graphOf(model))
  const known = inferShapes(model, index)
  const head = findHead(index, known)
  const target = head?.probabilities ?? head?.logits ?? encoderEnd(index)
  const units = findUnits(index, known, target)
  const paths = namePaths(units, index)
  const stages = findStages(units, paths)
  const describe = describer(index, model, known, head)
  const names = headNames(stages, nameStages(stages), head)
  const layers = stages.map((stage, i) => describe(stage, names[i] ?? ''))
  const pooledAt = layers.findIndex(({ kind }) => kind === 'global-pooling')
  const before = pooledAt < 0 ? layers : layers.slice(0, pooledAt)
  const last = before.findLast(
    ({ kind, shape }) =>
      ['convolution', 'depthwise', 'block'].includes(kind) &&
      shape?.length === 3 &&
      (shape[1] ?? 0) * (shape[2] ?? 0) > 1,
  )
  const classes = known.get(head?.logits ?? '')?.shape?.[1]
  return {
    ...head,
    input: index.inputs.find((name) => known.get(name)?.shape?.length === 4) ?? index.inputs[0],
    layers,
    lastConvolutional: last?.name,
    classCount: typeof classes === 'number' ? classes : undefined,
  }
}

/** The features that an encoder ends in: before what makes the embedding of them, if that is there. */
function encoderEnd(index: GraphIndex): string {
  const [output] = index.graph.outputs
  const back = (value: string, ...operators: readonly string[]): string | undefined => {
    let at = value
    for (const operator of operators) {
      const node = index.producers.get(at)
      if (node?.opType !== operator) return undefined
      at = node.inputs[0] ?? ''
    }
    return at
  }
  const pooled = output?.name === 'embedding' ? back(output.name, 'Cast', 'Div') : undefined
  if (pooled === undefined) return output?.name ?? ''
  // A vector was made a map of one position first.
  return back(pooled, 'ReduceMean', 'Unsqueeze') ?? pooled
}

function describer(
  index: GraphIndex,
  model: Model,
  known: ReadonlyMap<string, Facts>,
  head: ClassifierOutputs | undefined,
): (stage: Stage, name: string) => Layer {
  const fields = receptiveFields(model, index, known)
  const one = (unit: Unit, name: string, kind = unit.kind): Layer => {
    // The scores may leave their layer reordered or cut (a background class): those are tapped.
    const makesLogits = unit.nodes.some(({ outputs }) => outputs.includes(head?.logits ?? ''))
    const value = makesLogits && head !== undefined ? head.logits : unit.value
    const sizes = known.get(value)?.shape?.slice(1)
    const fixed = sizes?.filter((size) => typeof size === 'number')
    return {
      name,
      value,
      kind,
      opType: unit.anchor.opType,
      shape: fixed?.length === sizes?.length ? fixed : undefined,
      parameterCount: unit.parameterCount,
      field: fields.get(value),
      inner: [],
    }
  }
  return (stage, name) => {
    const last = stage.units.at(-1)
    if (last === undefined) throw new RangeError(`Expected a stage with units for ${name}`)
    const layer = one(last, name, kindOfStage(stage))
    if (stage.units.length === 1) return layer
    const names = innerNames(stage, name)
    const inner = stage.units.map((unit, i) => one(unit, names[i] ?? ''))
    const parameterCount = inner.reduce((sum, part) => sum + part.parameterCount, 0)
    return { ...layer, parameterCount, inner }
  }
}

/** block/own name, numbered where names repeat. */
function innerNames(stage: Stage, name: string): readonly string[] {
  const taken = new Map<string, number>()
  return stage.paths.map((path: NamePath, i) => {
    const rest = path.slice(stage.scope.length).join('/')
    const { anchor, kind } = stage.units[i] ?? {}
    const own =
      rest !== '' ? rest : kind === 'merge' ? (anchor?.opType.toLowerCase() ?? '') : `${i + 1}`
    const count = (taken.get(own) ?? 0) + 1
    taken.set(own, count)
    return `${name}/${own}${count > 1 ? `_${count}` : ''}`
  })
}

/**
 * The end of a network goes by the same names everywhere, unless the file has better ones (fc8,
 * pool5): pool, logits, probabilities.
 */
function headNames(
  stages: readonly Stage[],
  names: readonly string[],
  head: ClassifierOutputs | undefined,
): readonly string[] {
  return stages.map((stage, i) => {
    const own = names[i] ?? ''
    const wanted = stage.units.length === 1 ? headName(stage.units[0], own, head) : own
    return names.includes(wanted) ? own : wanted
  })
}

function headName(
  unit: Unit | undefined,
  own: string,
  head: ClassifierOutputs | undefined,
): string {
  const makes = (value: string | undefined): boolean =>
    value !== undefined && unit?.nodes.some(({ outputs }) => outputs.includes(value)) === true
  switch (unit?.kind) {
    case 'softmax':
      return makes(head?.probabilities) ? 'probabilities' : own
    case 'global-pooling':
      return /^pool/i.test(own) ? own : 'pool'
    case 'dense':
      return makes(head?.logits) && !/^(fc|ip|dense)_?\d/i.test(own) ? 'logits' : own
    default:
      return own
  }
}
