// A pair of networks of CLIP's shape with seeded weights: the operators, names and sizes that
// transformers and optimum export (LayerNorm taken apart, QuickGELU, the vector at the text's end).
// For tests, and at full size for timings.
import { bytesOf, GraphBuilder } from '../../onnx/graph-builder.ts'
import { dataType, type Model } from '../../onnx/model.ts'
import { seeded } from '../../onnx/testing/seeded.ts'

export interface ClipSize {
  readonly sidePx: number
  readonly patchPx: number
  readonly pictureWidth: number
  readonly textWidth: number
  /** Of the text side; those of the picture side are as wide. */
  readonly heads: number
  readonly layers: number
  readonly vocabulary: number
  readonly contextTokens: number
  readonly embeddingDim: number
}

/** openai/clip-vit-base-patch32: both sides have heads of 64 numbers. */
export const vitB32: ClipSize = {
  sidePx: 224,
  patchPx: 32,
  pictureWidth: 768,
  textWidth: 512,
  heads: 8,
  layers: 12,
  vocabulary: 49_408,
  contextTokens: 77,
  embeddingDim: 512,
}

export const tinyClip: ClipSize = {
  sidePx: 32,
  patchPx: 8,
  pictureWidth: 32,
  textWidth: 16,
  heads: 4,
  layers: 2,
  vocabulary: 300,
  contextTokens: 12,
  embeddingDim: 24,
}

export function clipShaped(size: ClipSize): { readonly picture: Model; readonly text: Model } {
  return { picture: pictures(size), text: texts(size) }
}

/** A number without axes. */
const integer = (graph: GraphBuilder, name: string, value: number): string =>
  graph.constant(name, dataType.int64, [], bytesOf(BigInt64Array.of(BigInt(value))))

/** Weights and the blocks that both sides are made of. */
class Layers {
  private readonly random = seeded(77)

  constructor(
    readonly graph: GraphBuilder,
    private readonly width: number,
    private readonly heads: number,
  ) {}

  weights(name: string, dims: readonly number[], spread: number): string {
    const count = dims.reduce((a, b) => a * b, 1)
    return this.graph.floats(
      name,
      this.random.normals(count).map((value) => value * spread),
      dims,
    )
  }

  linear(value: string, inputs: number, outputs: number, name: string): string {
    const weights = this.weights(`${name}.weight`, [inputs, outputs], 1 / Math.sqrt(inputs))
    const product = this.graph.node('MatMul', [value, weights], `${name}/MatMul`)
    const bias = this.weights(`${name}.bias`, [outputs], 0.02)
    return this.graph.node('Add', [bias, product], `${name}/Add`)
  }

  norm(value: string, name: string): string {
    const { graph, width } = this
    const mean = graph.node('ReduceMean', [value], `${name}/mean`, { axes: [-1] })
    const apart = graph.node('Sub', [value, mean], `${name}/apart`)
    const square = graph.node('Pow', [apart, graph.scalar(`${name}/two`, 2)], `${name}/square`)
    const variance = graph.node('ReduceMean', [square], `${name}/variance`, { axes: [-1] })
    const shifted = graph.node(
      'Add',
      [variance, graph.scalar(`${name}/epsilon`, 1e-5)],
      `${name}/shifted`,
    )
    const deviation = graph.node('Sqrt', [shifted], `${name}/deviation`)
    const unit = graph.node('Div', [apart, deviation], `${name}/unit`)
    const ones = graph.floats(`${name}.weight`, new Float32Array(width).fill(1))
    const scaled = graph.node('Mul', [unit, ones], `${name}/scaled`)
    return graph.node('Add', [scaled, this.weights(`${name}.bias`, [width], 0.01)], name)
  }

  /** @param mask what is added to the products; none for pictures */
  block(value: string, name: string, mask: string | undefined): string {
    const { graph, width } = this
    const seen = this.attention(this.norm(value, `${name}.layer_norm1`), `${name}.self_attn`, mask)
    const first = graph.node('Add', [value, seen], `${name}/Add`)
    const wide = this.linear(
      this.norm(first, `${name}.layer_norm2`),
      width,
      4 * width,
      `${name}.fc1`,
    )
    const scaled = graph.node('Mul', [wide, graph.scalar(`${name}/gelu`, 1.702)], `${name}/scaled`)
    const gate = graph.node('Sigmoid', [scaled], `${name}/gate`)
    const active = graph.node('Mul', [wide, gate], `${name}/QuickGELU`)
    return graph.node(
      'Add',
      [first, this.linear(active, 4 * width, width, `${name}.fc2`)],
      `${name}/Add_1`,
    )
  }

  private attention(value: string, name: string, mask: string | undefined): string {
    const { graph, width, heads } = this
    const each = width / heads
    const split = graph.int64s(`${name}/split`, [0, -1, heads, each])
    const part = (kind: string, perm: readonly number[]): string => {
      const projected = this.linear(value, width, width, `${name}.${kind}_proj`)
      const parted = graph.node('Reshape', [projected, split], `${name}/${kind}/Reshape`)
      return graph.node('Transpose', [parted], `${name}/${kind}/Transpose`, { perm })
    }
    const queries = graph.node(
      'Mul',
      [part('q', [0, 2, 1, 3]), graph.scalar(`${name}/scale`, each ** -0.5)],
      `${name}/queries`,
    )
    let products = graph.node('MatMul', [queries, part('k', [0, 2, 3, 1])], `${name}/products`)
    if (mask !== undefined) products = graph.node('Add', [products, mask], `${name}/masked`)
    const shares = graph.node('Softmax', [products], `${name}/Softmax`, { axis: -1 })
    const mixed = graph.node('MatMul', [shares, part('v', [0, 2, 1, 3])], `${name}/mixed`)
    const back = graph.node('Transpose', [mixed], `${name}/Transpose`, { perm: [0, 2, 1, 3] })
    const whole = graph.int64s(`${name}/whole`, [0, -1, width])
    const joined = graph.node('Reshape', [back, whole], `${name}/joined`)
    return this.linear(joined, width, width, `${name}.out_proj`)
  }
}

function pictures(size: ClipSize): Model {
  const { sidePx, patchPx, pictureWidth: width, layers, embeddingDim } = size
  const graph = new GraphBuilder('main_graph')
  const made = new Layers(graph, width, size.pictureWidth / (size.textWidth / size.heads))
  const pixels = graph.input('pixel_values', dataType.float, [
    'batch_size',
    'num_channels',
    'height',
    'width',
  ])
  const kernels = made.weights('patch_embedding.weight', [width, 3, patchPx, patchPx], 0.02)
  const patches = graph.node('Conv', [pixels, kernels], 'patch_embedding/Conv', {
    strides: [patchPx, patchPx],
    kernel_shape: [patchPx, patchPx],
  })
  const flat = graph.node(
    'Reshape',
    [patches, graph.int64s('flat_shape', [0, width, -1])],
    'embeddings/Reshape',
  )
  const sequence = graph.node('Transpose', [flat], 'embeddings/Transpose', { perm: [0, 2, 1] })
  // The class token, once a picture: Shape, Gather, Concat, Expand as exported.
  const shape = graph.node('Shape', [pixels], 'embeddings/Shape')
  const batch = graph.node('Gather', [shape, graph.int64s('first', [0])], 'embeddings/batch', {
    axis: 0,
  })
  const rest = graph.int64s('class_shape', [1, width])
  const wanted = graph.node('Concat', [batch, rest], 'embeddings/class_shape', { axis: 0 })
  const token = made.weights('class_embedding', [1, 1, width], 0.5)
  const tokens = graph.node('Expand', [token, wanted], 'embeddings/Expand')
  const all = graph.node('Concat', [tokens, sequence], 'embeddings/Concat', { axis: 1 })
  const count = (sidePx / patchPx) ** 2 + 1
  const places = made.weights('position_embedding.weight', [1, count, width], 0.2)
  let value = made.norm(graph.node('Add', [all, places], 'embeddings/Add'), 'pre_layrnorm')
  for (let layer = 0; layer < layers; layer++) {
    value = made.block(value, `encoder.layers.${layer}`, undefined)
  }
  const first = integer(graph, 'class_index', 0)
  const pooled = graph.node('Gather', [value, first], 'vision_model/Gather', { axis: 1 })
  const normal = made.norm(pooled, 'post_layernorm')
  const into = made.weights('visual_projection.weight', [width, embeddingDim], 1 / Math.sqrt(width))
  const embeds = graph.node('MatMul', [normal, into], 'image_embeds')
  graph.output(embeds, dataType.float, ['batch_size', embeddingDim])
  return graph.build()
}

function texts(size: ClipSize): Model {
  const { textWidth: width, heads, layers, vocabulary, contextTokens, embeddingDim } = size
  const graph = new GraphBuilder('main_graph')
  const made = new Layers(graph, width, heads)
  const ids = graph.input('input_ids', dataType.int64, ['batch_size', 'sequence_length'])
  const table = made.weights('token_embedding.weight', [vocabulary, width], 0.5)
  const tokens = graph.node('Gather', [table, ids], 'embeddings/Gather', { axis: 0 })
  const shape = graph.node('Shape', [ids], 'text_model/Shape')
  const length = graph.node('Gather', [shape, graph.int64s('second', [1])], 'text_model/length', {
    axis: 0,
  })
  const zero = graph.int64s('zero', [0])
  const slice = (value: string, axis: number, name: string): string =>
    graph.node('Slice', [value, zero, length, graph.int64s(`${name}_axis`, [axis])], name)
  const places = made.weights('position_embedding.weight', [1, contextTokens, width], 0.3)
  let value = graph.node('Add', [tokens, slice(places, 1, 'positions')], 'embeddings/Add')
  // No token looks ahead.
  const ahead = Float32Array.from({ length: contextTokens ** 2 }, (_, at) =>
    at % contextTokens > Math.floor(at / contextTokens) ? -1e9 : 0,
  )
  const full = graph.floats('causal_mask', ahead, [1, 1, contextTokens, contextTokens])
  const mask = slice(slice(full, 2, 'mask_rows'), 3, 'mask')
  for (let layer = 0; layer < layers; layer++) {
    value = made.block(value, `encoder.layers.${layer}`, mask)
  }
  const normal = made.norm(value, 'final_layer_norm')
  // The end mark has the largest number: where it stands first, there the text's vector is.
  const ends = graph.node('ArgMax', [ids], 'text_model/ArgMax', { axis: 1, keepdims: 1 })
  const batch = graph.node('Gather', [shape, integer(graph, 'axis_0', 0)], 'text_model/count', {
    axis: 0,
  })
  const range = graph.node(
    'Range',
    [integer(graph, 'from', 0), batch, integer(graph, 'by', 1)],
    'text_model/Range',
  )
  const rows = graph.node(
    'Unsqueeze',
    [range, graph.int64s('row_axis', [1])],
    'text_model/Unsqueeze',
  )
  const at = graph.node('Concat', [rows, ends], 'text_model/Concat', { axis: 1 })
  const pooled = graph.node('GatherND', [normal, at], 'text_model/GatherND')
  const into = made.weights('text_projection.weight', [width, embeddingDim], 1 / Math.sqrt(width))
  const embeds = graph.node('MatMul', [pooled, into], 'text_embeds')
  graph.output(embeds, dataType.float, ['batch_size', embeddingDim])
  return graph.build()
}
