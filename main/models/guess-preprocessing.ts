// Which colours a network was trained on, told by where it comes from.
import type { GraphIndex } from '../onnx/graph.ts'
import type { Model } from '../onnx/model.ts'
import type { ImageInput } from '../onnx/rewrites/pixel-input.ts'
import type { ModelReading } from './card.ts'

type Preprocessing = ModelReading['preprocessing']

export interface GuessedPreprocessing {
  readonly preprocessing: Preprocessing
  /** What it was told by, for a person. */
  readonly because: string
}

const same = (value: number): [number, number, number] => [value, value, value]

/** Raw bytes. */
export const unchanged: Preprocessing = {
  channelOrder: 'rgb',
  mean: same(0),
  deviation: same(1),
}
/** Means of ILSVRC 2012 in Caffe's reference models. */
const caffe: Preprocessing = { channelOrder: 'bgr', mean: [104, 117, 123], deviation: same(1) }
/** The same means as Keras writes them. */
const kerasCaffe: Preprocessing = {
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
const inception: Preprocessing = {
  channelOrder: 'rgb',
  mean: same(127.5),
  deviation: same(127.5),
}
const efficientNetLite: Preprocessing = {
  channelOrder: 'rgb',
  mean: same(127),
  deviation: same(128),
}
const clip: Preprocessing = {
  channelOrder: 'rgb',
  mean: [0.48145466 * 255, 0.4578275 * 255, 0.40821073 * 255],
  deviation: [0.26862954 * 255, 0.26130258 * 255, 0.27577711 * 255],
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
  if (/efficientnet[-_]?lite/.test(name)) return says(efficientNetLite, 'EfficientNet-Lite')
  if (/\bclip\b|[-_]clip[-_]/.test(name)) return says(clip, 'CLIP')
  if (image.layout === 'nhwc') {
    if (/resnet(?!.*v2)|vgg/.test(name)) return says(kerasCaffe, 'ResNet or VGG of Keras')
    return says(inception, 'colours last, as networks of TensorFlow have them')
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
  return says(imagenetColours, 'colours first, as networks of torchvision have them')
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
