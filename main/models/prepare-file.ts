// From a file that a person brought to the files that Latent runs; inside the disposable process.
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ModelReading } from '../../preload/contract/model-card.ts'
import type { PhotoDecoder } from '../engine/decoded-photo.ts'
import { GraphSession } from '../engine/graph-session.ts'
import type { ModelSpec } from '../engine/protocol.ts'
import { testPicture } from '../engine/test-picture.ts'
import { decodeModel, encodeModel } from '../onnx/codec.ts'
import { withLabelHead } from '../onnx/label-head.ts'
import { firstKernels } from '../onnx/layers/first-kernels.ts'
import type { Model } from '../onnx/model.ts'
import { widenHalves } from '../onnx/rewrites/widen-halves.ts'
import { takesFloats, tfliteAsOnnx } from '../onnx/tflite/as-onnx.ts'
import { readTflite } from '../onnx/tflite/schema.ts'
import { type CardChoices, cardChoices } from './card-choices.ts'
import { type GuessedCard, type GuessWith, guessCard, guessTfliteCard } from './guess-card.ts'
import { labelsInTflite } from './labels-in-tflite.ts'
import { type PreparedModel, prepareOnnx, prepareTflite } from './prepare-model.ts'
import { prepareTextSide, type TextSide } from './prepare-pair.ts'
import { refuseGraph } from './refuse-graph.ts'
import type { Prepared, PrepareRequest, WrittenFile } from './trial-protocol.ts'
import { tryClassifier } from './try-classifier.ts'

interface Rewriting {
  readonly guessed: GuessedCard
  readonly prepare: (reading: ModelReading) => PreparedModel
  readonly choices: (reading: ModelReading) => CardChoices
}

/** @throws Error with the reason why the file cannot be used */
export async function prepareFile(
  request: PrepareRequest,
  decode: PhotoDecoder,
  onStage: (stage: string) => void,
): Promise<Prepared> {
  const { path, labels, outFolder, examplePath } = request
  onStage('while it was read')
  const bytes = new Uint8Array(await readFile(path))
  const fileName = basename(path)
  const side = await textSideOf(bytes, request, onStage)
  const told = side?.told ?? request.told
  const { guessed, prepare, choices } = rewriting(
    bytes,
    {
      fileName,
      told,
      labels: side === undefined ? labels : undefined,
      inside: isTflite(bytes) ? await labelsInTflite(bytes) : undefined,
    },
    side?.pictureOf,
  )
  onStage('while it was rewritten')
  let { reading } = guessed
  const notes = side === undefined ? [...guessed.notes] : [...side.notes]
  let prepared = prepare(reading)
  if (reading.output.kind === 'logits' && told.output?.kind === undefined) {
    onStage('while it was tried')
    if (await givesProbabilities(prepared.quantised, reading.input.sidePx)) {
      notes.push('Its scores are probabilities already: they lie in 0..1 and add up to 1.')
      reading = { ...reading, output: { ...reading.output, kind: 'probabilities' } }
      prepared = prepare(reading)
    }
  }
  if (firstKernels(prepared.float ?? prepared.quantised) === undefined) {
    notes.push('It does not begin with a convolution: the Inspector cannot look into it.')
  }
  const write = async (model: Model, file: string): Promise<WrittenFile> => {
    const onnx = encodeModel(model)
    await writeFile(join(outFolder, file), onnx, { flush: true })
    return { file, sha256: sha256(onnx) }
  }
  const encoder = side === undefined ? undefined : await write(prepared.quantised, 'network.onnx')
  if (side !== undefined) {
    prepared = { ...prepared, quantised: withLabelHead(prepared.quantised, side.head) }
  }
  const { float: twin, unitLayers, embeddingDim, embeddingLayer } = prepared
  const quantised = await write(prepared.quantised, nameOf(side !== undefined, twin !== undefined))
  const float = twin === undefined ? quantised : await write(twin, 'float.onnx')
  const spec: ModelSpec = {
    id: 'trial',
    onnxPath: join(outFolder, quantised.file),
    sha256: quantised.sha256,
    inputSizePx: reading.input.sidePx,
    classCount: side?.classes.length ?? reading.classes.count,
    embeddingDim,
    unitCount: unitLayers.reduce((sum, { channels }) => sum + channels, 0),
  }
  return {
    reading: { ...reading, embedding: { ...reading.embedding, dim: embeddingDim } },
    classes: side?.classes ?? guessed.classes,
    ...choices(reading),
    notes,
    sourceSha256: sha256(bytes),
    pair: side === undefined || encoder === undefined ? undefined : { ...side.pair, encoder },
    quantised,
    float,
    unitLayers,
    embeddingDim,
    embeddingLayer,
    run: await tryClassifier(spec, examplePath, decode, onStage),
  }
}

async function textSideOf(
  bytes: Uint8Array,
  { path, pair, told, outFolder }: PrepareRequest,
  onStage: (stage: string) => void,
): Promise<TextSide | undefined> {
  if (pair === undefined) return undefined
  if (isTflite(bytes)) throw new Error('A pair’s picture network must be an ONNX file.')
  const picture = decodeModel(bytes)
  refuseGraph(picture)
  return prepareTextSide(
    widenHalves(picture),
    pair,
    { told, outFolder, isOneFile: pair.text === path },
    onStage,
  )
}

const nameOf = (isLabelled: boolean, hasTwin: boolean): string =>
  isLabelled ? 'labelled.onnx' : hasTwin ? 'quantised.onnx' : 'network.onnx'

const isTflite = (bytes: Uint8Array): boolean =>
  new TextDecoder('latin1').decode(bytes.subarray(4, 8)) === 'TFL3'

function rewriting(
  bytes: Uint8Array,
  guess: GuessWith,
  pictureOf: (model: Model) => Model = (model) => model,
): Rewriting {
  if (isTflite(bytes) && takesFloats(readTflite(bytes))) return asOnnx(tfliteAsOnnx(bytes), guess)
  if (isTflite(bytes)) {
    const guessed = guessTfliteCard(bytes, guess)
    return {
      guessed,
      prepare: (reading) => prepareTflite(bytes, reading),
      // The file fixes them all.
      choices: ({ output, embedding }) => ({
        embeddings: [embedding],
        outputs: [output.name],
        layers: [],
      }),
    }
  }
  if (bytes.byteLength === 0) throw new Error('Expected an ONNX model but the file is empty')
  const source = decodeModel(bytes)
  refuseGraph(source)
  return asOnnx(pictureOf(source), guess)
}

function asOnnx(source: Model, guess: GuessWith): Rewriting {
  const model = widenHalves(source)
  const guessed = guessCard(model, guess)
  const halves = 'Its half floats are run as floats: processors compute in these.'
  return {
    guessed: model === source ? guessed : { ...guessed, notes: [...guessed.notes, halves] },
    prepare: (reading) => prepareOnnx(model, reading),
    choices: ({ output, embedding }) =>
      cardChoices(model, { scores: output.name, embedding: embedding.value }),
  }
}

/** Whether scores that were taken for raw ones come out of a softmax that nobody could see. */
async function givesProbabilities(model: Model, sidePx: number): Promise<boolean> {
  const session = await GraphSession.create(encodeModel(model), { threads: 2 })
  const pixels = { data: testPicture(sidePx), dims: [1, sidePx, sidePx, 3] }
  const { logits } = await session.run({ pixels }, ['logits'])
  await session.dispose()
  const data = logits?.data ?? new Float32Array()
  const sum = data.reduce((total, value) => total + value, 0)
  return Math.abs(sum - 1) < 1e-3 && data.every((value) => value >= 0 && value <= 1)
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
