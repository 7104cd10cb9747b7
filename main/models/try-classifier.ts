// Runs a prepared network on two pictures and checks what it gives.
import type { PhotoDecoder } from '../engine/decoded-photo.ts'
import type { ModelSpec } from '../engine/protocol.ts'
import { type Batch, ClassifierSession } from '../engine/sessions.ts'
import { testPicture } from '../engine/test-picture.ts'
import { floatsOf } from '../store/half-float.ts'
import type { TrialRun } from './trial-protocol.ts'

const threads = 2
/** Integer kernels may round another way in a batch. */
const batchTolerance = 0.02
const shownClasses = 5

/**
 * @param spec of a graph as {@link ../models/prepare-model.ts} makes it
 * @param examplePath a photo; without a readable one another drawn picture stands for it
 * @throws Error with the reason why the network cannot be used
 */
export async function tryClassifier(
  spec: ModelSpec,
  examplePath: string,
  decode: PhotoDecoder,
  onStage: (stage: string) => void,
): Promise<TrialRun> {
  onStage('while it was loaded')
  const session = await ClassifierSession.create(spec, 'cpu', threads)
  try {
    onStage('while it was tried on a drawn picture')
    const side = spec.inputSizePx
    const drawn = testPicture(side)
    const first = await session.run(drawn, 1)
    checkBatch(first, spec)
    onStage('while it was tried on a photo')
    const photo = await decode(examplePath, side)
    const second = await session.run(photo ?? drawn.toReversed(), 1)
    checkBatch(second, spec)
    onStage('while it was tried on two photos at once')
    const both = new Uint8Array(2 * drawn.length)
    both.set(drawn)
    both.set(photo ?? drawn.toReversed(), drawn.length)
    const batch = await session.run(both, 2).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error)
      throw new Error(`It runs on one photo, but not on two at once: ${reason}`)
    })
    checkBatch(batch, spec)
    const [alone, together] = [
      [...answersOf(first, spec), ...answersOf(second, spec)],
      answersOf(batch, spec),
    ]
    const batchDifference = Math.max(...together.map((part, i) => difference(part, alone[i])))
    if (batchDifference > batchTolerance) {
      throw new Error(
        `Expected two pictures at once to give what each gives alone, but a ${spec.classCount > 0 ? 'probability' : 'feature'} is off by ${batchDifference.toFixed(3)}`,
      )
    }
    const notes: string[] = []
    const [onDrawn = new Float32Array(), onPhoto] = alone
    const [drawnVector, photoVector] = [first, second].map(({ embeddings }) => floatsOf(embeddings))
    const sameVectors = difference(drawnVector ?? new Float32Array(), photoVector) < 1e-6
    // Labels that all mean the same to a text network say nothing of its pictures.
    if (sameVectors && difference(onDrawn, onPhoto) < 1e-6) {
      notes.push('It answers the same to two different pictures: check how it is fed.')
    }
    const top = photo === undefined ? [] : best(second.probabilities, shownClasses)
    return { top, msPerPhoto: second.ms, batchDifference, notes }
  } finally {
    await session.dispose()
  }
}

/** @throws Error unless there are as many values as promised, all numbers, each set adding up to 1 */
function checkBatch(batch: Batch, { classCount, embeddingDim }: ModelSpec): void {
  const { size, probabilities, embeddings } = batch
  if (probabilities.length !== size * classCount) {
    throw new Error(
      `Expected ${size * classCount} probabilities for ${size} pictures but received ${probabilities.length}`,
    )
  }
  for (let photo = 0; photo < size; photo++) {
    const own = probabilities.subarray(photo * classCount, (photo + 1) * classCount)
    const sum = own.reduce((total, value) => total + value, 0)
    if (classCount > 0 && !(Math.abs(sum - 1) < 1e-3)) {
      throw new Error(`Expected probabilities that add up to 1 but they add up to ${sum}`)
    }
    const halves = embeddings.subarray(photo * embeddingDim, (photo + 1) * embeddingDim)
    const vector = floatsOf(halves)
    if (vector.length !== embeddingDim || !vector.every(Number.isFinite)) {
      throw new Error(`Expected ${embeddingDim} numbers as features but received others`)
    }
  }
}

/** What is compared, for each photo of a batch: probabilities, or an encoder's features. */
function answersOf(
  { size, probabilities, embeddings }: Batch,
  { classCount, embeddingDim }: ModelSpec,
): Float32Array[] {
  const values = classCount > 0 ? probabilities : floatsOf(embeddings)
  const length = classCount > 0 ? classCount : embeddingDim
  return Array.from({ length: size }, (_, i) => values.subarray(i * length, (i + 1) * length))
}

const difference = (a: Float32Array, b: Float32Array = new Float32Array()): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? 0))), 0)

const best = (probabilities: Float32Array, count: number): TrialRun['top'] =>
  Array.from(probabilities, (probability, index) => ({ index, probability }))
    .toSorted((a, b) => b.probability - a.probability)
    .slice(0, count)
