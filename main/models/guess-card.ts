// Guesses from a graph how a network wants to be fed and read; a person may correct any part.
import { extname } from 'node:path'
import type { ModelReading, ToldCard } from '../../preload/contract/model-card.ts'
import { GraphError, graphOf, indexGraph } from '../onnx/graph.ts'
import { type Dim, dataType, type Model } from '../onnx/model.ts'
import { imageInput } from '../onnx/rewrites/pixel-input.ts'
import { inferShapes } from '../onnx/shapes/infer-shapes.ts'
import { readTflite } from '../onnx/tflite/schema.ts'
import { pixelScale } from '../onnx/tflite/tensor-map.ts'
import { encoderCard } from './guess-encoder.ts'
import { embeddingDim, guessEmbedding, guessScores, scoresOf } from './guess-output.ts'
import { guessPreprocessing } from './guess-preprocessing.ts'
import { areImagenet, fitLabels } from './label-file.ts'
import type { ClassName } from './labels.ts'
import { namesInside } from './names-inside.ts'

export interface GuessedCard {
  readonly reading: ModelReading
  /** One for each kept class, where they came from a file that is not ImageNet's. */
  readonly classes: readonly ClassName[] | undefined
  /** What each guess rests on, for a person. */
  readonly notes: readonly string[]
}

export interface GuessWith {
  readonly fileName: string
  readonly told: ToldCard
  /** Lines of a file of class names. */
  readonly labels: readonly ClassName[] | undefined
  /** Names that the file brings itself. */
  readonly inside?: readonly ClassName[] | undefined
}

const inputTypes = new Map<number, ModelReading['input']['type']>([
  [dataType.float, 'float32'],
  [dataType.float16, 'float16'],
  [dataType.uint8, 'uint8'],
])

/** Where the file leaves the size free. */
const usualSidePx = 224

/**
 * Guesses for an ONNX classifier; what was told goes before what was found.
 *
 * @throws GraphError naming what was not found: an image input, scores, features
 * @throws RangeError when the labels do not fit the scores
 */
export function guessCard(model: Model, guess: GuessWith): GuessedCard {
  const { fileName, told, labels, inside } = guess
  const index = indexGraph(graphOf(model))
  const known = inferShapes(model, index)
  const notes: string[] = []
  const image = imageInput(index)
  if (image === undefined) {
    throw new GraphError('Expected an image input [N, 3, H, W] or [N, H, W, 3] but found none')
  }
  const sidePx = sideOf(image.height, image.width)
  const toldSidePx = told.input?.sidePx
  if (sidePx === undefined && toldSidePx === undefined) {
    notes.push(`The file leaves the input's size free: ${usualSidePx} is the most usual.`)
  }
  if (sidePx !== undefined && toldSidePx !== undefined && toldSidePx !== sidePx) {
    throw new GraphError(`Expected the size ${sidePx} that the file fixes, not ${toldSidePx}`)
  }
  const { sidePx: _free, ...toldInput } = told.input ?? {}
  const input = {
    name: image.info.name,
    layout: image.layout,
    type: inputTypes.get(image.elemType) ?? 'float32',
  }
  refuseOther('input', input, toldInput)
  const guessed = guessPreprocessing(model, index, image, fileName)
  if (told.preprocessing === undefined) notes.push(`Colours: ${guessed.because}.`)
  const found = guessScores(index, known)
  const encoder = encoderCard(index, known, found, guess)
  if (encoder !== undefined) {
    notes.push(
      told.output?.kind === 'none'
        ? 'It is used without class scores: photos have no labels with it.'
        : 'It gives features and no class scores: photos have no labels with it.',
    )
    return {
      reading: {
        input: { ...input, sidePx: sidePx ?? toldSidePx ?? usualSidePx },
        preprocessing: over(guessed.preprocessing, told.preprocessing),
        ...encoder,
      },
      classes: undefined,
      notes,
    }
  }
  const output = over<ModelReading['output']>(
    found?.output ?? { name: '', kind: 'logits' },
    told.output,
  )
  const scoreCount = scoresOf(known.get(output.name))
  if (scoreCount === undefined) {
    throw new GraphError(
      output.name === ''
        ? 'Expected a score for each class among the outputs but found none'
        : `Expected a score for each class in ${output.name} but found none`,
    )
  }
  const value = told.embedding?.value
  const embedding =
    value === undefined
      ? guessEmbedding(index, known, output.name)
      : { value, dim: embeddingDim(known.get(value)) ?? 0 }
  if (embedding === undefined || embedding.dim === 0) {
    throw new GraphError(
      value === undefined
        ? 'Expected features before the scores but found none: name their value in the card'
        : `Expected a vector or a map in ${value} but found none`,
    )
  }
  const named = namesFor(scoreCount, labels, namesInside(model) ?? inside, notes)
  const { classes, names } = classesOf(scoreCount, told, named, notes)
  return {
    reading: {
      input: { ...input, sidePx: sidePx ?? toldSidePx ?? usualSidePx },
      preprocessing: over(guessed.preprocessing, told.preprocessing),
      output,
      classes,
      embedding,
    },
    classes: names,
    notes,
  }
}

/**
 * The same for a TensorFlow Lite classifier, whose colours are told by its input's quantisation.
 *
 * @throws Error naming what the file lacks
 */
export function guessTfliteCard(
  bytes: Uint8Array,
  { told, labels, inside }: GuessWith,
): GuessedCard {
  const source = readTflite(bytes)
  const input = source.tensors[source.inputs[0] ?? -1]
  if (input === undefined) throw new GraphError('Expected an image input but found none')
  const [, height = 0, width = 0] = input.shape
  const output = source.tensors[source.outputs[0] ?? -1]
  const scoreCount = output?.shape.at(-1) ?? 0
  const pool = source.operators.findLast(
    ({ name }) => name === 'MEAN' || name === 'AVERAGE_POOL_2D',
  )
  const features = source.tensors[pool?.inputs[0] ?? -1]
  const { scale, zeroPoint } = pixelScale(input)
  if (height !== width) throw new GraphError(squareSentence(height, width))
  if (scoreCount < 2) throw new GraphError('Expected a score for each class but found none')
  const notes = ['Colours: the input’s quantisation tells them.']
  const named = namesFor(scoreCount, labels, inside, notes)
  const { classes, names } = classesOf(scoreCount, told, named, notes)
  const reading: ModelReading = {
    input: { name: input.name, layout: 'nhwc', type: 'uint8', sidePx: width },
    preprocessing: {
      channelOrder: 'rgb',
      mean: [zeroPoint, zeroPoint, zeroPoint],
      deviation: [1 / scale, 1 / scale, 1 / scale],
    },
    output: { name: output?.name ?? '', kind: 'logits' },
    classes,
    embedding: { value: features?.name.split(';')[0] ?? '', dim: features?.shape.at(-1) ?? 1 },
  }
  for (const part of ['input', 'preprocessing', 'output', 'embedding'] as const) {
    refuseOther(part, reading[part], told[part])
  }
  return { reading, classes: names, notes }
}

/** What a file fixes cannot be told otherwise: better said than passed over. */
function refuseOther(part: string, found: object, told: object = {}): void {
  const fixed = new Map<string, unknown>(Object.entries(found))
  for (const [key, value] of Object.entries(told)) {
    const own = JSON.stringify(fixed.get(key))
    if (value === undefined || own === JSON.stringify(value)) continue
    throw new GraphError(`Expected ${part}.${key} to be ${own}, as the file fixes it`)
  }
}

/** A name for people and an id from a file's name. */
export function namesOf(fileName: string, told: ToldCard): { id: string; name: string } {
  const bare = fileName.slice(0, fileName.length - extname(fileName).length)
  const id = bare
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 64)
  return { id: told.id ?? (id || 'model'), name: told.name ?? (bare.slice(0, 100) || 'Model') }
}

/** What was told, and what was found where nothing was told. */
function over<T extends object>(found: T, told: { [Key in keyof T]?: T[Key] | undefined } = {}): T {
  const given = Object.entries(told).filter(([, value]) => value !== undefined)
  // Only keys of T with values of their types are left.
  return { ...found, ...(Object.fromEntries(given) as Partial<T>) }
}

function sideOf(height: Dim, width: Dim): number | undefined {
  if (height.param !== '' || width.param !== '') return undefined
  if (height.value <= 0 || width.value <= 0) return undefined
  if (height.value !== width.value) throw new GraphError(squareSentence(height.value, width.value))
  return height.value
}

const squareSentence = (height: number, width: number): string =>
  `Expected a square picture as input but the network takes ${height} x ${width}`

/** A list of a person's goes first; one in the file must fit the scores. */
function namesFor(
  scoreCount: number,
  labels: readonly ClassName[] | undefined,
  inside: readonly ClassName[] | undefined,
  notes: string[],
): readonly ClassName[] | undefined {
  if (labels !== undefined || inside === undefined) return labels
  try {
    fitLabels(inside, scoreCount)
  } catch {
    return undefined
  }
  notes.push('The file names its classes itself.')
  return inside
}

function classesOf(
  scoreCount: number,
  told: ToldCard,
  labels: readonly ClassName[] | undefined,
  notes: string[],
): { classes: ModelReading['classes']; names: readonly ClassName[] | undefined } {
  if (labels !== undefined) {
    const fitted = fitLabels(labels, scoreCount)
    const imagenet = areImagenet(fitted.classes)
    if (imagenet) notes.push('The labels are ImageNet’s 1000.')
    const { droppedFirst, droppedLast } = fitted
    const classes = { count: fitted.classes.length, droppedFirst, droppedLast }
    return imagenet
      ? { classes: { ...classes, labels: 'imagenet-1k' }, names: undefined }
      : { classes: { ...classes, labels: 'file' }, names: fitted.classes }
  }
  if (told.classes?.labels === 'file') throw new RangeError('Expected --labels with the names')
  const droppedFirst = told.classes?.droppedFirst ?? (scoreCount === 1001 ? 1 : 0)
  const droppedLast = told.classes?.droppedLast ?? 0
  const count = told.classes?.count ?? scoreCount - droppedFirst - droppedLast
  if (count + droppedFirst + droppedLast !== scoreCount || count < 2) {
    const sum = `${droppedFirst} + ${count} + ${droppedLast}`
    throw new RangeError(`Expected ${scoreCount} classes in all but received ${sum}`)
  }
  const imagenet = count === 1000 && told.classes?.labels !== 'numbers'
  if (imagenet && scoreCount === 1001) notes.push('1001 scores: the first is a background class.')
  if (imagenet) notes.push('1000 classes: ImageNet’s, in the usual order.')
  else notes.push('No names for the classes: give a file of labels.')
  const classes = { count, droppedFirst, droppedLast }
  return { classes: { ...classes, labels: imagenet ? 'imagenet-1k' : 'numbers' }, names: undefined }
}
