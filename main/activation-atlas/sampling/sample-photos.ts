// Runs photos through the network up to one layer and keeps a few positions of each.
import type { DecodePool } from '../../engine/decode-pool.ts'
import { CallError } from '../../inspect/calls.ts'
import { type DecodedPicture, decodePicture } from '../../inspect/decode-picture.ts'
import type { Network, TappedLayer } from '../../inspect/network.ts'
import type { PhotoToSample, SampleAnswer, SampleProgress, SampleRequest } from '../protocol.ts'
import { choosePositions } from './choose-positions.ts'
import { type Sample, type SampledPhoto, SampleFile } from './sample-file.ts'

/** Photos that are run at once, while the next ones are decoded. */
const batchSize = 4

interface Decoded {
  readonly photo: PhotoToSample
  /** Absent when it cannot be read. */
  readonly picture: DecodedPicture | undefined
}

/**
 * Every batch is on disk before the next begins. A photo that cannot be decoded is kept as one
 * without samples, so that it is not tried again until its file changes.
 *
 * @throws CallError `bad-request` for a layer without positions, the signal's reason
 */
export async function samplePhotos(
  network: Network,
  pool: DecodePool,
  request: SampleRequest,
  signal: AbortSignal,
  progress: (progress: SampleProgress) => void,
): Promise<SampleAnswer> {
  const { photos, layer, folder, key } = request
  const tapped = network.layer(layer)
  const { channels, heightPx, widthPx } = tapped.info
  if (heightPx * widthPx === 1) {
    throw new CallError('bad-request', `${layer} has no positions: choose an earlier layer.`)
  }
  const batches = Array.from({ length: Math.ceil(photos.length / batchSize) }, (_, i) =>
    photos.slice(i * batchSize, (i + 1) * batchSize),
  )
  const decode = (batch: readonly PhotoToSample[] = []): Promise<readonly Decoded[]> =>
    Promise.all(batch.map((photo) => decoded(pool, photo, network.spec.inputSizePx)))
  const file = SampleFile.open(folder, key, channels)
  let [done, skipped] = [0, 0]
  try {
    let ahead = decode(batches[0])
    for (const [i] of batches.entries()) {
      signal.throwIfAborted()
      const batch = await ahead
      ahead = decode(batches[i + 1])
      file.add(await sampled(network, tapped, batch, request))
      done += batch.length
      skipped += batch.filter(({ picture }) => picture === undefined).length
      progress({ done, total: photos.length, skipped })
    }
    return { skipped }
  } finally {
    file.dispose()
  }
}

async function decoded(
  pool: DecodePool,
  photo: PhotoToSample,
  inputSizePx: number,
): Promise<Decoded> {
  try {
    return { photo, picture: await decodePicture(pool, photo.source, inputSizePx) }
  } catch (error) {
    if (error instanceof CallError) return { photo, picture: undefined }
    throw error
  }
}

const nowhere = { leftPx: 0, topPx: 0, sidePx: 0 } as const

async function sampled(
  network: Network,
  { value, info }: TappedLayer,
  batch: readonly Decoded[],
  { perPhoto, seed }: SampleRequest,
): Promise<readonly SampledPhoto[]> {
  const seen = batch.flatMap(({ picture }) => (picture === undefined ? [] : [picture]))
  const side = network.spec.inputSizePx
  const maps: Float32Array[] = []
  if (seen.length > 0) {
    const pixels = new Uint8Array(seen.length * side * side * 3)
    seen.forEach((picture, i) => {
      pixels.set(picture.pixels, i * side * side * 3)
    })
    const session = await network.partSession(value)
    const outputs = await session.run({
      pixels: { data: pixels, dims: [seen.length, side, side, 3] },
    })
    const all = outputs[value]?.data ?? new Float32Array()
    const size = all.length / seen.length
    for (let i = 0; i < seen.length; i++) maps.push(all.subarray(i * size, (i + 1) * size))
  }
  const { heightPx, widthPx } = info
  return batch.map(({ photo: { id, modifiedAtMs }, picture }) => {
    const map = picture === undefined ? undefined : maps[seen.indexOf(picture)]
    if (picture === undefined || map === undefined) {
      return { id, modifiedAtMs, square: nowhere, samples: [] }
    }
    const places = choosePositions(heightPx, widthPx, perPhoto, seed, id)
    const samples = places.flatMap(({ row, column }) => {
      const sample = sampleAt(map, heightPx * widthPx, row * widthPx + column)
      return sample === undefined ? [] : [{ row, column, ...sample }]
    })
    return { id, modifiedAtMs, square: picture.crop, samples }
  })
}

/** @returns undefined where every unit is silent: such a vector points nowhere */
export function sampleAt(
  map: Float32Array,
  area: number,
  position: number,
): Pick<Sample, 'norm' | 'unit'> | undefined {
  const vector = new Float32Array(map.length / area)
  for (let channel = 0; channel < vector.length; channel++) {
    vector[channel] = map[channel * area + position] ?? 0
  }
  const norm = Math.hypot(...vector)
  if (!(norm > 0) || !Number.isFinite(norm)) return undefined
  return { norm, unit: vector.map((value) => value / norm) }
}
