// Colours as families of networks were trained on them.
import type { ModelReading } from './model-card.ts'

type Preprocessing = ModelReading['preprocessing']

const same = (value: number): [number, number, number] => [value, value, value]

/** Raw bytes. */
export const unchanged: Preprocessing = {
  channelOrder: 'rgb',
  mean: same(0),
  deviation: same(1),
}
/** Means of ILSVRC 2012 in Caffe's reference models. */
export const caffe: Preprocessing = {
  channelOrder: 'bgr',
  mean: [104, 117, 123],
  deviation: same(1),
}
/** The same means as Keras writes them. */
export const kerasCaffe: Preprocessing = {
  channelOrder: 'bgr',
  mean: [103.939, 116.779, 123.68],
  deviation: same(1),
}
/** Mean and deviation of ILSVRC 2012 as torchvision and Gluon have them. */
export const imagenetColours: Preprocessing = {
  channelOrder: 'rgb',
  mean: [0.485 * 255, 0.456 * 255, 0.406 * 255],
  deviation: [0.229 * 255, 0.224 * 255, 0.225 * 255],
}
/** From -1 to 1. */
export const inception: Preprocessing = {
  channelOrder: 'rgb',
  mean: same(127.5),
  deviation: same(127.5),
}
/** From 0 to 1. */
export const unit: Preprocessing = {
  channelOrder: 'rgb',
  mean: same(0),
  deviation: same(255),
}
export const efficientNetLite: Preprocessing = {
  channelOrder: 'rgb',
  mean: same(127),
  deviation: same(128),
}
export const clip: Preprocessing = {
  channelOrder: 'rgb',
  mean: [0.48145466 * 255, 0.4578275 * 255, 0.40821073 * 255],
  deviation: [0.26862954 * 255, 0.26130258 * 255, 0.27577711 * 255],
}
