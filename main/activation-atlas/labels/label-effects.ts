// How much a direction of a layer argues for each label: its linear effect on the class scores.
import type { GraphSession } from '../../engine/graph-session.ts'
import type { Network } from '../../inspect/network.ts'
import type { StepProgress } from '../../inspect/protocol.ts'
import { GraphError } from '../../onnx/graph.ts'
import { cutAt } from '../../onnx/rewrites/cut.ts'
import type { EffectsRequest } from '../protocol.ts'

/** Small enough for most ReLUs to stay as they are, large enough for float32 to tell. */
const relativeStep = 0.0001

/**
 * Fills the layer's map with a direction h and takes the derivative of all scores y along it,
 * dy(h)·h: the gradient of every class at once, by central differences of the part of the network
 * behind the layer. Carter et al. 2019 take gradient times activation; this is the same sum.
 *
 * @returns [directions, classes]; undefined when the scores cannot be computed from this layer alone
 * @throws the signal's reason
 */
export async function labelEffects(
  network: Network,
  { layer, directions }: EffectsRequest,
  signal: AbortSignal,
  progress: (progress: StepProgress) => void,
): Promise<Float32Array | undefined> {
  const { value, info, shape } = network.layer(layer)
  const { logits, classCount: classes = 0 } = network.listed
  const tail = logits === undefined ? undefined : await tailSession(network, value, logits)
  if (tail === undefined || logits === undefined) return undefined
  const { channels, heightPx, widthPx } = info
  const area = heightPx * widthPx
  const count = directions.length / channels
  const effects = new Float32Array(count * classes)
  for (let i = 0; i < count; i++) {
    signal.throwIfAborted()
    const data = new Float32Array(2 * channels * area)
    for (let channel = 0; channel < channels; channel++) {
      const height = directions[i * channels + channel] ?? 0
      data.fill(height * (1 + relativeStep), channel * area, (channel + 1) * area)
      const second = channels * area + channel * area
      data.fill(height * (1 - relativeStep), second, second + area)
    }
    const outputs = await tail.run({ [value]: { data, dims: [2, ...shape] } }, [logits])
    const scores = outputs[logits]?.data ?? new Float32Array()
    const more = scores.subarray(0, scores.length / 2)
    const less = scores.subarray(scores.length / 2)
    for (let c = 0; c < classes; c++) {
      effects[i * classes + c] = ((more[c] ?? 0) - (less[c] ?? 0)) / (2 * relativeStep)
    }
    progress({ done: i + 1, total: count })
  }
  return effects
}

/** From a layer to the class scores; undefined where other paths lead around the layer. */
async function tailSession(
  network: Network,
  value: string,
  logits: string,
): Promise<GraphSession | undefined> {
  try {
    const session = await network.session(`scores from ${value}`, () => {
      const tail = cutAt(network.model, { inputs: [value], outputs: [logits] })
      const [only, ...more] = tail.graph?.inputs ?? []
      if (only?.name !== value || more.length > 0) {
        throw new GraphError(`Expected ${value} to be all that the scores need`)
      }
      return tail
    })
    return session
  } catch (error) {
    if (error instanceof GraphError) return undefined
    throw error
  }
}
