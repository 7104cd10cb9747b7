// Quantises a network on photos and compares the result with what it was made from.
import { createHash } from 'node:crypto'
import { readFile, stat, writeFile } from 'node:fs/promises'
import type { PhotoDecoder } from '../engine/decoded-photo.ts'
import { GraphSession } from '../engine/graph-session.ts'
import { type Batch, ClassifierSession } from '../engine/sessions.ts'
import { decodeModel, encodeModel } from '../onnx/codec.ts'
import { graphOf } from '../onnx/graph.ts'
import type { Model } from '../onnx/model.ts'
import type { ActivationRange } from '../onnx/quantise/integers.ts'
import { quantiseGraph, valuesToCalibrate } from '../onnx/quantise/quantise-graph.ts'
import { foldNormalisations } from '../onnx/rewrites/fold-normalisations.ts'
import { addTaps } from '../onnx/rewrites/taps.ts'
import { addUnitMaxima, type UnitLayer, unitMaxima } from '../onnx/rewrites/unit-maxima.ts'
import { floatsOf } from '../store/half-float.ts'
import type { QuantiseReport, QuantiseRequest } from './quantise-protocol.ts'

/** As indexing runs it. */
const paceBatch = 8
const paceRuns = 15

/** @throws Error with the reason why it cannot be done */
export async function quantiseModel(
  request: QuantiseRequest,
  decode: PhotoDecoder,
  onProgress: (text: string, share: number) => void,
): Promise<QuantiseReport> {
  const { spec, floatPath, outPath, threads } = request
  // Integers gain nothing from a normalisation that stands alone.
  const model = foldNormalisations(decodeModel(await readFile(floatPath)))
  const tell = stepTeller(onProgress, request)
  const calibration = await pixelsOf(decode, request.calibrationPhotos, spec.inputSizePx, () =>
    tell('Reading photos'),
  )
  if (calibration.length === 0) throw new Error('Expected photos that can be read but found none')
  const ranges = await rangesOn(model, calibration, spec.inputSizePx, threads, () =>
    tell('Looking at the range of every layer'),
  )
  const quantised = withUnitMaxima(quantiseGraph(model, ranges), request.unitLayers)
  const onnx = encodeModel(quantised.model)
  await writeFile(outPath, onnx)
  const create = (onnxPath: string): Promise<ClassifierSession> =>
    // Units' maxima are not compared, and a float twin has none.
    ClassifierSession.create({ ...spec, onnxPath, unitCount: 0 }, 'cpu', threads)
  const [float, int8] = [await create(floatPath), await create(outPath)]
  try {
    const checked = await pixelsOf(decode, request.checkPhotos, spec.inputSizePx, () =>
      tell('Reading other photos'),
    )
    const agreement = await agreementOn(checked, float, int8, () =>
      tell('Comparing on other photos'),
    )
    onProgress('Measuring the pace', 1)
    return {
      calibrated: calibration.length,
      checked: checked.length,
      ...agreement,
      photosPerSecond: await pacesOf(checked[0] ?? calibration[0], float, int8),
      bytes: { float: (await stat(floatPath)).size, int8: onnx.byteLength },
      unitLayers: quantised.layers,
      sha256: createHash('sha256').update(onnx).digest('hex'),
    }
  } finally {
    await float.dispose()
    await int8.dispose()
  }
}

/** Every photo is read and run once; says how far that is, a few times a second. */
function stepTeller(
  onProgress: (text: string, share: number) => void,
  { calibrationPhotos, checkPhotos }: QuantiseRequest,
): (text: string) => void {
  const steps = 2 * (calibrationPhotos.length + checkPhotos.length)
  let [done, toldAtMs, told] = [0, 0, '']
  return (text) => {
    done++
    if (text === told && Date.now() - toldAtMs < 250) return
    ;[toldAtMs, told] = [Date.now(), text]
    onProgress(text, Math.min(1, done / steps))
  }
}

/** A network in one file has them in it; a float twin is without. */
function withUnitMaxima(
  model: Model,
  layers: readonly UnitLayer[],
): { readonly model: Model; readonly layers: readonly UnitLayer[] } {
  const isThere = graphOf(model).outputs.some(({ name }) => name === unitMaxima)
  return isThere || layers.length === 0 ? { model, layers } : addUnitMaxima(model)
}

async function pixelsOf(
  decode: PhotoDecoder,
  paths: readonly string[],
  sidePx: number,
  onStep: () => void,
): Promise<readonly Uint8Array[]> {
  const photos: Uint8Array[] = []
  for (const path of paths) {
    const pixels = await decode(path, sidePx)
    onStep()
    if (pixels !== undefined) photos.push(pixels)
  }
  return photos
}

/** Least and greatest value of every tap over all photos. */
async function rangesOn(
  model: Model,
  photos: readonly Uint8Array[],
  sidePx: number,
  threads: number,
  onStep: () => void,
): Promise<ReadonlyMap<string, ActivationRange>> {
  const wanted = valuesToCalibrate(model)
  const session = await GraphSession.create(encodeModel(addTaps(model, wanted)), { threads })
  const ranges = new Map<string, { least: number; greatest: number }>()
  try {
    for (const data of photos) {
      onStep()
      const outputs = await session.run({ pixels: { data, dims: [1, sidePx, sidePx, 3] } }, wanted)
      for (const [value, { data: numbers }] of Object.entries(outputs)) {
        const range = ranges.get(value) ?? { least: 0, greatest: 0 }
        for (const number of numbers) {
          if (number < range.least) range.least = number
          else if (number > range.greatest) range.greatest = number
        }
        ranges.set(value, range)
      }
    }
  } finally {
    await session.dispose()
  }
  return ranges
}

async function agreementOn(
  photos: readonly Uint8Array[],
  float: ClassifierSession,
  int8: ClassifierSession,
  onStep: () => void,
): Promise<Pick<QuantiseReport, 'sameTop1' | 'top1InTop5' | 'meanEmbeddingCosine'>> {
  let [sameTop1, inTop5, cosines] = [0, 0, 0]
  for (const pixels of photos) {
    onStep()
    const [expected, got] = [await float.run(pixels, 1), await int8.run(pixels, 1)]
    const [best] = bestOf(expected, 1)
    const five = bestOf(got, 5)
    if (best === five[0]) sameTop1++
    if (best !== undefined && five.includes(best)) inTop5++
    const [a, b] = [floatsOf(expected.embeddings), floatsOf(got.embeddings)]
    cosines += a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)
  }
  const of = (sum: number): number => sum / Math.max(1, photos.length)
  return { sameTop1: of(sameTop1), top1InTop5: of(inTop5), meanEmbeddingCosine: of(cosines) }
}

const bestOf = ({ probabilities }: Batch, count: number): readonly number[] =>
  Array.from(probabilities, (probability, index) => ({ probability, index }))
    .toSorted((a, b) => b.probability - a.probability)
    .slice(0, count)
    .map(({ index }) => index)

/** Turn by turn, so that another program's moment falls on both; medians. */
async function pacesOf(
  picture: Uint8Array | undefined,
  float: ClassifierSession,
  int8: ClassifierSession,
): Promise<QuantiseReport['photosPerSecond']> {
  const pixels = Buffer.concat(Array.from({ length: paceBatch }, () => picture ?? new Uint8Array()))
  const ms: { float: number[]; int8: number[] } = { float: [], int8: [] }
  for (let run = 0; run <= paceRuns; run++) {
    const [a, b] = [await float.run(pixels, paceBatch), await int8.run(pixels, paceBatch)]
    // The first run of each allocates.
    if (run > 0) {
      ms.float.push(a.ms)
      ms.int8.push(b.ms)
    }
  }
  const pace = (times: number[]): number =>
    (paceBatch * 1_000) / (times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 1)
  return { float: pace(ms.float), int8: pace(ms.int8) }
}
