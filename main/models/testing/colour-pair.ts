// A pair of networks that really share a space: pictures by their colours and edges, words by the
// colours and edges that they stand for. For tests.
import { GraphBuilder } from '../../onnx/graph-builder.ts'
import { dataType, type Model } from '../../onnx/model.ts'
import { seeded } from '../../onnx/testing/seeded.ts'

/** Weights over R, G, B of pixels 0..1, and a bias, for each colour that is looked for. */
const colours = {
  red: [2, -2, -2, 0],
  green: [-2, 2, -2, 0],
  blue: [-2, -2, 2, 0],
  yellow: [1, 1, -2, -1],
  bright: [1, 1, 1, -2],
  dark: [-1, -1, -1, 1],
} as const

const meanings: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  red: { red: 1 },
  green: { green: 1 },
  blue: { blue: 1 },
  yellow: { yellow: 1 },
  white: { bright: 1 },
  bright: { bright: 1 },
  dark: { dark: 1 },
  black: { dark: 1 },
  night: { dark: 1, blue: 0.1 },
  striped: { edges: 1 },
}
const fillers = ['a', 'photo', 'of', 'the', 'car', 'picture']

export const colourWords: readonly string[] = [...Object.keys(meanings), ...fillers]
const features = [...Object.keys(colours), 'edges']
export const colourDim = 24
export const colourSidePx = 32
export const colourScale = 20

/** One way from features into the space that both share. */
const projection = (): Float32Array => seeded(31).normals(features.length * colourDim)

export interface ColourPair {
  readonly picture: Model
  readonly text: Model
  /** Both in one file. */
  readonly whole: Model
  /** tokenizer.json. */
  readonly tokenizer: object
  readonly preprocessor: object
  readonly config: object
}

export function colourPair({ dim = colourDim }: { readonly dim?: number } = {}): ColourPair {
  const picture = new GraphBuilder('colour_pictures')
  addPictures(picture)
  const text = new GraphBuilder('colour_texts')
  addTexts(text, dim)
  const whole = new GraphBuilder('colours')
  addPictures(whole)
  addTexts(whole, dim)
  whole.floats('logit_scale', [Math.log(colourScale)])
  return {
    picture: picture.build(),
    text: text.build(),
    whole: whole.build(),
    tokenizer: wordTokenizer(colourWords),
    preprocessor: {
      image_mean: [0, 0, 0],
      image_std: [1, 1, 1],
      size: { shortest_edge: colourSidePx },
      do_center_crop: true,
    },
    config: { model_type: 'clip', text_config: { max_position_embeddings: 16 } },
  }
}

function addPictures(graph: GraphBuilder): void {
  const pixels = graph.input('pixel_values', dataType.float, ['batch', 3, 'height', 'width'])
  const rows = Object.values(colours)
  const weights = graph.floats(
    'colour_w',
    rows.flatMap(([r, g, b]) => [r, g, b]),
    [rows.length, 3, 1, 1],
  )
  const bias = graph.floats(
    'colour_b',
    rows.map(([, , , value]) => value),
  )
  const found = graph.node('Relu', [graph.node('Conv', [pixels, weights, bias], 'colour')], 'found')
  // Steps from left to right, in both directions.
  const step = [0, 0, 0, -1, 1, 0, 0, 0, 0].map((value) => value / 3)
  const steps = graph.floats(
    'step_w',
    [1, -1].flatMap((sign) => [step, step, step].flat().map((value) => value * sign)),
    [2, 3, 3, 3],
  )
  const edges = graph.node('Relu', [graph.node('Conv', [pixels, steps], 'step')], 'edge')
  const pooled = (value: string): string =>
    graph.node(
      'Flatten',
      [graph.node('GlobalAveragePool', [value], `${value}_mean`)],
      `${value}_flat`,
      {
        axis: 1,
      },
    )
  const sides = pooled(edges)
  const both = graph.node(
    'MatMul',
    [sides, graph.floats('both_sides', [6, 6], [2, 1])],
    'edge_amount',
  )
  const seen = graph.node('Concat', [pooled(found), both], 'features', { axis: 1 })
  const into = graph.floats('picture_projection', projection(), [features.length, colourDim])
  graph.output(graph.node('MatMul', [seen, into], 'image_embeds'), dataType.float, [
    'batch',
    colourDim,
  ])
}

function addTexts(graph: GraphBuilder, dim: number): void {
  const ids = graph.input('input_ids', dataType.int64, ['texts', 'length'])
  const mask = graph.input('attention_mask', dataType.int64, ['texts', 'length'])
  const tokens = Object.keys(wordVocabulary(colourWords))
  const table = tokens.flatMap((token) => {
    const meaning = meanings[token.replace('</w>', '')] ?? {}
    const isWord = token.endsWith('</w>')
    return features.map((feature) => (isWord ? (meaning[feature] ?? 0) : 0))
  })
  const words = graph.floats('words', table, [tokens.length, features.length])
  const looked = graph.node('Gather', [words, ids], 'looked_up', { axis: 0 })
  const weight = graph.node('Cast', [mask], 'mask_float', { to: dataType.float })
  const last = graph.int64s('last_axis', [2])
  const wide = graph.node('Unsqueeze', [weight, last], 'mask_wide')
  const meant = graph.node('Mul', [looked, wide], 'meant')
  const sum = graph.node('ReduceSum', [meant, graph.int64s('length_axis', [1])], 'sum', {
    keepdims: 0,
  })
  const values = dim === colourDim ? projection() : seeded(1).normals(features.length * dim)
  // A text without a colour still points somewhere.
  const shifted = graph.node('Add', [sum, graph.floats('least', [0.01], [1, 1])], 'shifted')
  const into = graph.floats('text_projection', values, [features.length, dim])
  graph.output(graph.node('MatMul', [shifted, into], 'text_embeds'), dataType.float, ['texts', dim])
}

const letters = [..."abcdefghijklmnopqrstuvwxyz0123456789.,!'-"]

function wordVocabulary(words: readonly string[]): Record<string, number> {
  const tokens = [...letters, ...letters.map((letter) => `${letter}</w>`)]
  for (const [left, right] of mergesOf(words)) tokens.push(`${left}${right}`)
  tokens.push('<|startoftext|>', '<|endoftext|>')
  return Object.fromEntries([...new Set(tokens)].map((token, id) => [token, id]))
}

/** Letters of each word, joined from its beginning on: r e d</w>, re d</w>, red</w>. */
function mergesOf(words: readonly string[]): readonly (readonly [string, string])[] {
  const merges = new Map<string, readonly [string, string]>()
  for (const word of words) {
    const parts = [...word].map((letter, i) => (i === word.length - 1 ? `${letter}</w>` : letter))
    let left = parts[0] ?? ''
    for (const right of parts.slice(1)) {
      merges.set(`${left} ${right}`, [left, right])
      left += right
    }
  }
  return [...merges.values()]
}

/** In the form of CLIP's own: byte pairs, case aside, `</w>` behind each word, marks at both ends. */
export function wordTokenizer(words: readonly string[]): object {
  const vocab = wordVocabulary(words)
  const mark = (content: string) => ({
    id: vocab[content] ?? 0,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  })
  const [begin, end] = ['<|startoftext|>', '<|endoftext|>']
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [mark(begin), mark(end)],
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'NFC' },
        { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
        { type: 'Lowercase' },
      ],
    },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        {
          type: 'Split',
          pattern: {
            Regex: "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+",
          },
          behavior: 'Removed',
          invert: true,
        },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true },
      ],
    },
    post_processor: {
      type: 'RobertaProcessing',
      sep: [end, vocab[end]],
      cls: [begin, vocab[begin]],
      trim_offsets: false,
      add_prefix_space: false,
    },
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: end,
      continuing_subword_prefix: '',
      end_of_word_suffix: '</w>',
      fuse_unk: false,
      vocab,
      merges: mergesOf(words).map(([left, right]) => `${left} ${right}`),
    },
  }
}
