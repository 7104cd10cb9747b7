// Choices of what to take the gradient of: cotangents for a gradient graph.

/** One image's cotangent; a batch repeats it, see {@link repeated}. */
export interface Cotangent {
  readonly data: Float32Array
  /** [1, …] */
  readonly dims: readonly number[]
}

/** A layer's shape without the batch: [C, H, W] or [C]. */
export type LayerShape = readonly number[]

const elementsOf = (shape: LayerShape): number => shape.reduce((a, b) => a * b, 1)

function cotangent(shape: LayerShape, fill: (data: Float32Array) => void): Cotangent {
  const data = new Float32Array(elementsOf(shape))
  fill(data)
  return { data, dims: [1, ...shape] }
}

function channelArea(shape: LayerShape, channel: number): number {
  const [channels = 0, ...spatial] = shape
  if (!Number.isInteger(channel) || channel < 0 || channel >= channels) {
    throw new RangeError(`Expected a channel below ${channels} but received ${channel}`)
  }
  return elementsOf(spatial)
}

/**
 * The score of one class.
 *
 * @param shape of the logits without the batch: [classes] or [classes, 1, 1]
 * @throws RangeError when there is no such class
 */
export const oneHotLogit = (shape: LayerShape, classIndex: number): Cotangent =>
  channelMean(shape, classIndex)

/**
 * The mean of one channel over all positions.
 *
 * @throws RangeError when there is no such channel
 */
export function channelMean(shape: LayerShape, channel: number): Cotangent {
  const area = channelArea(shape, channel)
  return cotangent(shape, (data) => data.fill(1 / area, channel * area, (channel + 1) * area))
}

/**
 * One position of one channel.
 *
 * @throws RangeError when it lies outside
 */
export function neuron(shape: LayerShape, channel: number, row: number, column: number): Cotangent {
  const area = channelArea(shape, channel)
  const [, height = 1, width = 1] = shape
  if (row < 0 || row >= height || column < 0 || column >= width) {
    throw new RangeError(`Expected a position inside ${height} x ${width}, not ${row}, ${column}`)
  }
  return cotangent(shape, (data) => {
    data[channel * area + row * width + column] = 1
  })
}

/**
 * A weighted sum of channel means: how far a layer points in a direction of its channel space.
 *
 * @param weights one a channel
 * @throws RangeError when their number differs
 */
export function direction(shape: LayerShape, weights: ArrayLike<number>): Cotangent {
  const [channels = 0] = shape
  if (weights.length !== channels) {
    throw new RangeError(`Expected ${channels} weights but received ${weights.length}`)
  }
  const area = elementsOf(shape.slice(1))
  return cotangent(shape, (data) => {
    for (let i = 0; i < data.length; i++) {
      data[i] = (weights[Math.floor(i / area)] ?? 0) / area
    }
  })
}

/** The same target for each image of a batch. */
export function repeated({ data, dims }: Cotangent, batch: number): Cotangent {
  const all = new Float32Array(data.length * batch)
  for (let i = 0; i < batch; i++) all.set(data, i * data.length)
  return { data: all, dims: [batch, ...dims.slice(1)] }
}
