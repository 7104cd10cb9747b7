// Which colours a network was trained on, told by where it comes from.

import {
  caffe,
  clip,
  efficientNetLite,
  imagenetColours,
  inception,
  kerasCaffe,
  unchanged,
  unit,
} from '../../preload/contract/known-colours.ts'
import type { ModelReading } from '../../preload/contract/model-card.ts'
import type { GraphIndex } from '../onnx/graph.ts'
import type { Model } from '../onnx/model.ts'
import type { ImageInput } from '../onnx/rewrites/pixel-input.ts'

type Preprocessing = ModelReading['preprocessing']

export interface GuessedPreprocessing {
  readonly preprocessing: Preprocessing
  /** What it was told by, for a person. */
  readonly because: string
}

/**
 * A guess: most files do not say. The order of the questions goes from what is certain to habits.
 *
 * @param fileName often the only place where the architecture is named
 */
export function guessPreprocessing(
  model: Model,
  index: GraphIndex,
  image: ImageInput,
  fileName: string,
): GuessedPreprocessing {
  const name = `${fileName} ${index.graph.name} ${model.producerName}`.toLowerCase()
  const input = image.info.name
  const says = (preprocessing: Preprocessing, because: string): GuessedPreprocessing => ({
    preprocessing,
    because,
  })
  if (image.elemType === 2) return says(unchanged, 'its input takes bytes')
  if (normalisesItself(index, input)) return says(unchanged, 'the graph scales its input itself')
  if (model.metadata.some(({ value }) => /^ultralytics/i.test(value))) {
    return says(unit, 'its file names Ultralytics, whose networks take 0 to 1')
  }
  if (/efficientnet[-_]?lite/.test(name)) return says(efficientNetLite, 'EfficientNet-Lite')
  if (/\bclip\b|[-_]clip[-_]/.test(name)) return says(clip, 'CLIP')
  if (image.layout === 'nhwc') {
    if (/resnet(?!.*v2)|vgg/.test(name)) return says(kerasCaffe, 'ResNet or VGG of Keras')
    return says(inception, 'they come last, as networks of TensorFlow have them')
  }
  // Gluon's names; its input is called data as well, but it was trained as torchvision's were.
  if (index.nodes.some((node) => /_fwd$/.test(node.name) || /_fwd$/.test(node.outputs[0] ?? ''))) {
    return says(imagenetColours, 'names as MXNet Gluon writes them')
  }
  if (/^data(_\d+)?$/.test(input)) return says(caffe, `its input is called ${input}, as in Caffe`)
  if (/caffe/.test(name)) return says(caffe, 'Caffe')
  if (/^pixel_values$/.test(input) && /\bvit\b|[-_]vit[-_]|^vit/.test(name)) {
    return says(inception, 'a vision transformer as Hugging Face exports it')
  }
  if (/mobilenet[-_]?v?1|inception[-_]?v[34]|inception[-_]?resnet|nasnet|xception/.test(name)) {
    return says(inception, 'an architecture of Google')
  }
  return says(imagenetColours, 'they come first, as networks of torchvision have them')
}

/** Whether the picture meets constant arithmetic before anything else. */
function normalisesItself(index: GraphIndex, input: string): boolean {
  let value = input
  for (let steps = 0; steps < 6; steps++) {
    const [node, ...more] = index.consumers.get(value) ?? []
    if (node === undefined || more.length > 0) return false
    if (['Sub', 'Add', 'Mul', 'Div', 'BatchNormalization'].includes(node.opType)) return true
    if (!['Transpose', 'Cast', 'Identity', 'Reshape'].includes(node.opType)) return false
    value = node.outputs[0] ?? ''
  }
  return false
}
