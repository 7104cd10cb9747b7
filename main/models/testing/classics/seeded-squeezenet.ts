// SqueezeNet 1.1 as the ONNX Model Zoo has it (squeezenet1.1-7, from MXNet), with seeded weights; for
// tests.
import type { Model } from '../../../onnx/model.ts'
import { SeededLayers } from './seeded-layers.ts'

/** Squeezed to, expanded to twice. */
const fires = [
  [16, 64],
  [16, 64],
  [32, 128],
  [32, 128],
  [48, 192],
  [48, 192],
  [64, 256],
  [64, 256],
] as const
/** Fires before which the map is halved. */
const halvedBefore = [0, 2, 4]

export function seededSqueezeNet(): Model {
  const layers = new SeededLayers('squeezenet0', 7)
  let number = 0
  const seen = (input: string, from: number, to: number, kernel: number, stride = 1): string => {
    const name = `squeezenet0_conv${number}_fwd`
    const pad = stride === 1 ? (kernel - 1) / 2 : 0
    const made = layers.convolution(input, name, { from, to, kernel, stride, pad })
    return layers.relu(made, `squeezenet0_relu${number++}_fwd`)
  }
  let value = seen(layers.input('data', ['N', 3, 224, 224]), 3, 64, 3, 2)
  let from = 64
  fires.forEach(([squeezed, expanded], fire) => {
    if (halvedBefore.includes(fire)) {
      value = layers.pool('MaxPool', value, `squeezenet0_pool${fire}_fwd`, 3, 2)
    }
    const small = seen(value, from, squeezed, 1)
    const branches = [seen(small, squeezed, expanded, 1), seen(small, squeezed, expanded, 3)]
    value = layers.node('Concat', branches, `squeezenet0_concat${fire}`, { axis: 1 })
    from = expanded * 2
  })
  value = layers.node('Dropout', [value], 'squeezenet0_dropout0_fwd')
  value = seen(value, from, 1000, 1)
  value = layers.pool('AveragePool', value, 'squeezenet0_pool9_fwd', 13, 13)
  const shape = layers.graph.int64s('reshape_attr_tensor118', [0, -1])
  return layers.finished(
    layers.node('Reshape', [value, shape], 'squeezenet0_flatten0_reshape0'),
    'N',
  )
}
