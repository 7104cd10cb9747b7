// How networks are usually fed colours, to choose from by name.
import {
  caffe,
  clip,
  efficientNetLite,
  imagenetColours,
  inception,
  kerasCaffe,
  unchanged,
  unit,
} from '../../../preload/contract/known-colours.ts'
import type { ModelReading } from '../../../preload/contract/model-card.ts'

type Preprocessing = ModelReading['preprocessing']

export const colourPresets: readonly (readonly [name: string, Preprocessing])[] = [
  ['ImageNet’s mean and deviation (PyTorch, MXNet)', imagenetColours],
  ['Blue first, minus 104, 117, 123 (Caffe)', caffe],
  ['Blue first, minus 103.9, 116.8, 123.7 (Keras)', kerasCaffe],
  ['From −1 to 1 (TensorFlow)', inception],
  ['Minus 127, divided by 128 (EfficientNet-Lite)', efficientNetLite],
  ['From 0 to 1 (Ultralytics)', unit],
  ['CLIP’s mean and deviation', clip],
  ['Bytes as they are', unchanged],
]

/** Figures in files are rounded. */
const tolerance = 0.01

const near = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((value, i) => Math.abs(value - (b[i] ?? 0)) < tolerance)

/** The preset that these are, or undefined. */
export const presetOf = (colours: Preprocessing): string | undefined =>
  colourPresets.find(
    ([, preset]) =>
      preset.channelOrder === colours.channelOrder &&
      near(preset.mean, colours.mean) &&
      near(preset.deviation, colours.deviation),
  )?.[0]
