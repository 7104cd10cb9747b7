// Loads a network on one execution provider, runs pictures through it and measures its pace.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { floatsOf } from '../../store/half-float.ts'
import type { PhotoDecoder } from '../decoded-photo.ts'
import { type Batch, ClassifierSession } from '../sessions.ts'
import { testPicture } from '../test-picture.ts'
import { nodesByProvider } from './nodes-by-provider.ts'
import type { PictureAnswer, ProviderRun, ProviderTrialRequest } from './protocol.ts'

/** A batch size is measured for about so long, and not at all when one run would take longer. */
const measureMs = 1_000
/** Slower than this at its second picture is told by that picture alone. */
const slowRunMs = 3_000

/**
 * @param onStage told what it does from now on
 * @throws Error with ONNX Runtime's reason, or what is wrong with the results
 */
export async function tryOnProvider(
  request: ProviderTrialRequest,
  decode: PhotoDecoder,
  onStage: (stage: string) => void,
): Promise<ProviderRun> {
  const { model, provider, threads } = request
  const folder = await mkdtemp(join(tmpdir(), 'latent-profile-'))
  let session: ClassifierSession | undefined
  try {
    onStage('while it loaded the network')
    const start = performance.now()
    const profilePrefix = join(folder, 'profile')
    session = await ClassifierSession.create(model, provider, threads, { profilePrefix })
    const loadMs = performance.now() - start
    onStage('while it ran its first picture')
    const drawn = testPicture(model.inputSizePx)
    const first = await session.run(drawn, 1)
    session.endProfiling()
    const nodes = nodesByProvider(await onlyFile(folder))
    onStage('while it ran a photo')
    const photo = await decode(request.examplePath, model.inputSizePx)
    const second = photo === undefined ? undefined : await session.run(photo, 1)
    const third = photo && (await session.run(mirrored(photo, model.inputSizePx), 1))
    onStage('while its pace was measured')
    const photosPerSecond =
      second !== undefined && second.ms > slowRunMs
        ? [{ batchSize: 1, photosPerSecond: 1_000 / second.ms }]
        : await paces(session, drawn, request.batchSizes)
    return {
      answers: [
        answerOf(first, true),
        ...[second, third].flatMap((batch) =>
          batch === undefined ? [] : [answerOf(batch, false)],
        ),
      ],
      facts: { photosPerSecond, loadMs, firstRunMs: first.ms, nodes },
    }
  } finally {
    await session?.dispose()
    await rm(folder, { recursive: true, force: true })
  }
}

async function paces(
  session: ClassifierSession,
  picture: Uint8Array,
  batchSizes: readonly number[],
): Promise<ProviderRun['facts']['photosPerSecond']> {
  const measured: { batchSize: number; photosPerSecond: number }[] = []
  for (const batchSize of batchSizes) {
    const slowest = measured.at(-1)?.photosPerSecond
    if (slowest !== undefined && (batchSize / slowest) * 1_000 > measureMs) break
    const pixels = Buffer.concat(Array.from({ length: batchSize }, () => picture))
    // Another batch size is another shape: a GPU compiles and allocates anew.
    await session.run(pixels, batchSize)
    const runMs: number[] = []
    const start = performance.now()
    do runMs.push((await session.run(pixels, batchSize)).ms)
    while (performance.now() - start < measureMs && runMs.length < 50)
    // The median: another program's moment must not decide.
    const median = runMs.toSorted((a, b) => a - b)[Math.floor(runMs.length / 2)] ?? 1
    measured.push({ batchSize, photosPerSecond: (batchSize / median) * 1_000 })
  }
  return measured
}

/** Left and right exchanged: as good a photo as the other. @param pixels [side, side, 3] */
function mirrored(pixels: Uint8Array, sidePx: number): Uint8Array {
  const result = new Uint8Array(pixels.byteLength)
  for (let at = 0; at < sidePx * sidePx; at++) {
    const from = at - (at % sidePx) + (sidePx - 1 - (at % sidePx))
    for (let channel = 0; channel < 3; channel++) {
      result[at * 3 + channel] = pixels[from * 3 + channel] ?? 0
    }
  }
  return result
}

/** @throws Error when a value is no number */
function answerOf({ probabilities, embeddings }: Batch, isDrawn: boolean): PictureAnswer {
  const embedding = floatsOf(embeddings)
  if (!probabilities.every(Number.isFinite) || !embedding.every(Number.isFinite)) {
    throw new Error('Its results are not numbers.')
  }
  return { isDrawn, probabilities: probabilities.slice(), embedding }
}

async function onlyFile(folder: string): Promise<string> {
  const [name] = await readdir(folder)
  return name === undefined ? '[]' : readFile(join(folder, name), 'utf8')
}
