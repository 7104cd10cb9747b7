// Rewrites a person's network into what the engine and the Inspector run.

import type { ModelReading } from '../../preload/contract/model-card.ts'
import { addClassifierHead, addEmbedding } from '../onnx/classifier-head.ts'
import { GraphError, graphOf, indexGraph } from '../onnx/graph.ts'
import { GraphBuilder } from '../onnx/graph-builder.ts'
import { listLayers } from '../onnx/layers/list-layers.ts'
import { type Dim, dataType, type Model } from '../onnx/model.ts'
import { makeBatchDynamic } from '../onnx/rewrites/dynamic-batch.ts'
import { addPixelInput, imageInput } from '../onnx/rewrites/pixel-input.ts'
import { prune } from '../onnx/rewrites/prune.ts'
import { raiseOpset } from '../onnx/rewrites/raise-opset.ts'
import { renameValues } from '../onnx/rewrites/rename-values.ts'
import { addUnitMaxima, type UnitLayer } from '../onnx/rewrites/unit-maxima.ts'
import { inferShapes } from '../onnx/shapes/infer-shapes.ts'
import { type Arithmetic, convertTflite } from '../onnx/tflite/convert.ts'

export interface PreparedModel {
  /** For the engine: `pixels` in, logits, probabilities, embedding and unit maxima out. */
  readonly quantised: Model
  /** For the Inspector; undefined when it can use the same. */
  readonly float: Model | undefined
  readonly unitLayers: readonly UnitLayer[]
  readonly embeddingDim: number
  /** The layer that the embedding comes from, as the Inspector names it. */
  readonly embeddingLayer: string | undefined
}

/** Names of what the engine feeds and reads. */
const ownNames = ['pixels', 'logits', 'probabilities', 'embedding', 'unit_maxima']

/** The oldest operator set that has what is added here. */
const leastOpset = 13

/**
 * Makes an ONNX network take `pixels`, uint8 [N, side, side, 3], and give the outputs of
 * {@link addClassifierHead} (an encoder, of {@link addEmbedding}) and {@link addUnitMaxima}.
 *
 * @throws GraphError, OpsetError naming what stands in the way
 */
export function prepareOnnx(source: Model, reading: ModelReading): PreparedModel {
  const renames = new Map(
    ownNames.flatMap((name) => {
      const unique = new GraphBuilder(source).unique(name)
      return unique === name ? [] : [[name, new GraphBuilder(source).unique(`${name}_inside`)]]
    }),
  )
  const named = (name: string): string => renames.get(name) ?? name
  const raised = raiseOpset(renameValues(source, renames), leastOpset)
  const sized = withInputSize(makeBatchDynamic(raised), reading.input.sidePx)
  const fed = addPixelInput(sized, reading.preprocessing)
  const builder = new GraphBuilder({ ...fed, graph: { ...graphOf(fed), outputs: [] } })
  const known = inferShapes(fed)
  const asFloats = (value: string): string =>
    known.get(value)?.elemType === dataType.float
      ? value
      : builder.node('Cast', [value], `${value}_float`, { to: dataType.float })

  const value = named(reading.embedding.value)
  const { dim } = reading.embedding
  let features = asFloats(value)
  if (known.get(value)?.shape?.length === 2) {
    const axes = builder.int64s('map_axes', [2, 3])
    features = builder.node('Unsqueeze', [features, axes], 'features_map')
  }
  if (reading.output.kind === 'none') {
    addEmbedding(builder, { features, embeddingDim: dim })
    return finished(prune(builder.build()), undefined, dim)
  }
  const scores = named(reading.output.name)
  const rank = known.get(scores)?.shape?.length
  let logits = asFloats(scores)
  if (rank !== 2) logits = builder.node('Flatten', [logits], 'scores_flat', { axis: 1 })
  if (reading.output.kind === 'probabilities') {
    // The softmax of logarithms gives the probabilities back.
    const bounded = builder.node('Max', [logits, builder.scalar('least_score', 1e-12)], 'bounded')
    logits = builder.node('Log', [bounded], 'log_scores')
  }
  addClassifierHead(builder, {
    logits,
    classCount: reading.classes.count,
    droppedClasses: reading.classes.droppedFirst,
    features,
    embeddingDim: dim,
  })
  return finished(prune(builder.build()), undefined, dim)
}

/**
 * The same for a TensorFlow Lite classifier: in integers for the engine, in floats for the Inspector.
 *
 * @throws Error naming what is not supported
 */
export function prepareTflite(bytes: Uint8Array, { classes }: ModelReading): PreparedModel {
  const convert = (arithmetic: Arithmetic) =>
    convertTflite(bytes, {
      arithmetic,
      droppedClasses: classes.droppedFirst,
      classCount: classes.count,
    })
  const { model, embeddingDim } = convert('quantised')
  return finished(model, convert('float-relu').model, embeddingDim)
}

function finished(model: Model, float: Model | undefined, embeddingDim: number): PreparedModel {
  const { layers, logits } = listLayers(model)
  const end = layers.findIndex(({ value }) => value === logits)
  const before = end < 0 ? layers : layers.slice(0, end)
  const embeddingLayer = before.findLast(({ shape }) => shape?.[0] === embeddingDim)?.name
  const base = { float, embeddingDim, embeddingLayer }
  // Layers of other ranks (sequences of a transformer) have no units with maxima of their own.
  const isMap = ({ shape }: { shape: readonly number[] | undefined }): boolean =>
    shape === undefined || shape.length === 1 || shape.length === 3
  const hasUnits = layers.some(({ shape }) => shape !== undefined) && layers.every(isMap)
  if (!hasUnits) return { ...base, quantised: model, unitLayers: [] }
  const withUnits = addUnitMaxima(model)
  return { ...base, quantised: withUnits.model, unitLayers: withUnits.layers }
}

/** Fixes the picture's size and number of colours, which some files leave free. */
function withInputSize(model: Model, sidePx: number): Model {
  const graph = graphOf(model)
  const image = imageInput(indexGraph(graph))
  if (image === undefined) throw new GraphError('Expected an image input but found none')
  const { info, elemType, layout, batch } = image
  const fixed = (value: number): Dim => ({ value, param: '' })
  const sizes = layout === 'nchw' ? [3, sidePx, sidePx] : [sidePx, sidePx, 3]
  const tensor = { elemType, shape: { dims: [batch, ...sizes.map(fixed)] } }
  return {
    ...model,
    graph: {
      ...graph,
      inputs: graph.inputs.map((input) => (input === info ? { ...info, type: { tensor } } : input)),
    },
  }
}
