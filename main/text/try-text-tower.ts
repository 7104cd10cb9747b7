// Runs a text network on a few texts and checks what it gives.
import { TextTower } from './text-tower.ts'
import type { TextTokenizer } from './tokenizer.ts'
import type { TextTowerSpec } from './tower-spec.ts'

const threads = 2
const sentence = 'a photo of a dog on a beach'
const other = 'three red cars'
/** Integer kernels may round another way in a batch. */
const batchTolerance = 0.02
/** Cosine from which two vectors say the same. */
const same = 0.9995

/**
 * Finds out whether texts must be filled up to the network's context: where a shorter row gives the
 * same vector they need not, which takes a fraction of the time.
 *
 * @param onnxPath of a graph as {@link ./prepare-text-tower.ts} makes it
 * @param spec `fills` where the graph takes no other length
 * @returns a tower that runs, which the caller disposes of
 * @throws Error with the reason why it cannot be used
 */
export async function tryTextTower(
  onnxPath: string,
  spec: TextTowerSpec,
  tokenizer: TextTokenizer,
  onStage: (stage: string) => void,
): Promise<{ readonly tower: TextTower; readonly notes: readonly string[] }> {
  onStage('while the text network was loaded')
  const filled = await TextTower.open(onnxPath, { ...spec, fills: true }, tokenizer, threads)
  onStage('while a text was tried')
  const alone = await filled.embed([sentence])
  checkVectors(alone, spec.embeddingDim)
  onStage('while a text longer than its context was tried')
  checkVectors(
    await filled.embed([Array(spec.contextTokens).fill(sentence).join(' ')]),
    spec.embeddingDim,
  )
  onStage('while two texts were tried at once')
  const both = await filled.embed([sentence, other])
  const [first, second] = [both.subarray(0, alone.length), both.subarray(alone.length)]
  const off = alone.reduce((most, value, x) => Math.max(most, Math.abs(value - (first[x] ?? 0))), 0)
  if (off > batchTolerance) {
    throw new Error(
      `Expected two texts at once to give what each gives alone, but a number is off by ${off.toFixed(3)}`,
    )
  }
  const notes =
    cosine(alone, second) > same
      ? ['It gives the same for two different texts: check its files.']
      : []
  if (spec.fills) return { tower: filled, notes }
  onStage('while a short text was tried')
  const short = filled.like({ ...spec, fills: false })
  // Rows of two lengths in one batch as well: the shorter one is filled up a little.
  const shorter = await short.embed([sentence, other]).catch(() => undefined)
  const isSame =
    shorter !== undefined &&
    cosine(alone, shorter.subarray(0, alone.length)) > same &&
    cosine(second, shorter.subarray(alone.length)) > same
  return { tower: isSame ? short : filled, notes }
}

function checkVectors(vectors: Float32Array, dim: number): void {
  const length = Math.hypot(...vectors.subarray(0, dim))
  if (!vectors.every(Number.isFinite) || Math.abs(length - 1) > 1e-3) {
    throw new Error('Expected numbers as features of a text but received others')
  }
}

const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, x) => sum + value * (b[x] ?? 0), 0)
