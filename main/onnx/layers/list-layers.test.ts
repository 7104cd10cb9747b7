import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../graph-builder.ts'
import { dataType, type Model } from '../model.ts'
import {
  birdsPath,
  defaultModelPath,
  loadModel,
  missing,
  mobileNetPath,
  mobileNetTf2Path,
  squeezeNetPath,
} from '../testing/shared-models.ts'
import { firstKernels } from './first-kernels.ts'
import { listLayers } from './list-layers.ts'

const noShared = missing('list-layers.test.ts', squeezeNetPath)
const noDefault = missing('list-layers.test.ts', defaultModelPath)

/** Names values by a scheme: what an exporter would call the n-th convolution of a block. */
function residualNetwork(name: (block: number, part: string) => string): Model {
  const graph = new GraphBuilder('residual')
  const conv = (input: string, output: string) =>
    graph.node(
      'Conv',
      [input, graph.floats(`${output}.weight`, new Array(4).fill(1), [2, 2, 1, 1])],
      output,
    )
  graph.input('x', dataType.float, ['N', 2, 8, 8])
  let value = graph.node('Relu', [conv('x', name(0, 'conv0'))], name(0, 'relu0'))
  value = graph.node('MaxPool', [value], name(0, 'pool0'), {
    kernel_shape: [2, 2],
    strides: [2, 2],
  })
  for (const block of [1, 2]) {
    const first = graph.node('Relu', [conv(value, name(block, 'conv1'))], name(block, 'relu1'))
    const second = conv(first, name(block, 'conv2'))
    const sum = graph.node('Add', [second, value], name(block, 'add'))
    value = graph.node('Relu', [sum], name(block, 'relu2'))
  }
  const pooled = graph.node('GlobalAveragePool', [value], name(3, 'gap'))
  const flat = graph.node('Flatten', [pooled], name(3, 'flatten'), { axis: 1 })
  const weights = graph.floats('classifier.weight', new Array(6).fill(1), [3, 2])
  const scores = graph.node('Gemm', [flat, weights], name(3, 'dense'), { transB: 1 })
  graph.output(scores, dataType.float, ['N', 3])
  return graph.build()
}

const namesOf = (model: Model) => listLayers(model).layers.map(({ name }) => name)

describe('the layers of a network', () => {
  it('take their names from scopes, as TensorFlow and newer Torch write them', () => {
    const tensorflow = residualNetwork((block, part) =>
      block === 0 ? `net/${part}` : block === 3 ? `net/head/${part}` : `net/block_${block}/${part}`,
    )
    expect(namesOf(tensorflow)).toEqual(['conv0', 'pool0', 'block_1', 'block_2', 'pool', 'logits'])
    const torch = residualNetwork((block, part) =>
      block === 0 ? `/${part}` : `/layer${block}/layer${block}.0/${part}`,
    )
    expect(namesOf(torch)).toEqual(['conv0', 'pool0', 'layer1.0', 'layer2.0', 'pool', 'logits'])
  })

  it('take their names from common tokens, as Gluon writes them', () => {
    const gluon = residualNetwork((block, part) =>
      block === 0 || block === 3 ? `net0_${part}_fwd` : `net0_stage${block}_${part}_fwd`,
    )
    const expected = ['conv0', 'pool0', 'stage1_block', 'stage2_block', 'pool', 'logits']
    expect(namesOf(gluon)).toEqual(expected)
  })

  it('are numbered where the file carries no names', () => {
    let number = 100
    const unnamed = residualNetwork(() => `${number++}`)
    expect(namesOf(unnamed)).toEqual(['conv1', 'pool1', 'block1', 'block2', 'pool', 'logits'])
  })

  it('count parameters, give shapes, fields and the parts of a block', () => {
    const network = listLayers(residualNetwork((block, part) => `net/b${block}/${part}`))
    const block = network.layers.find(({ kind }) => kind === 'block')
    expect(block).toMatchObject({ shape: [2, 4, 4], parameterCount: 8, opType: 'Add' })
    expect(block?.inner.map(({ kind }) => kind)).toEqual(['convolution', 'convolution', 'merge'])
    expect(block?.field?.x).toEqual({ sizePx: 2, jumpPx: 2, startPx: 0 })
    expect(network).toMatchObject({ input: 'x', classCount: 3, lastConvolutional: 'b2' })
  })
})

describe('the layers of real networks', () => {
  it.skipIf(noDefault)('of Inception V3 go from Conv2d_1a to the probabilities', async () => {
    const network = listLayers(await loadModel(defaultModelPath))
    expect(network.layers.map(({ name }) => name)).toEqual([
      ...['Conv2d_1a', 'Conv2d_2a', 'Conv2d_2b', 'MaxPool_3a', 'Conv2d_3b', 'Conv2d_4a'],
      ...['MaxPool_5a', 'Mixed_5b', 'Mixed_5c', 'Mixed_5d', 'Mixed_6a', 'Mixed_6b', 'Mixed_6c'],
      ...['Mixed_6d', 'Mixed_6e', 'Mixed_7a', 'Mixed_7b', 'Mixed_7c', 'pool', 'logits'],
      'probabilities',
    ])
    expect(network).toMatchObject({ lastConvolutional: 'Mixed_7c', classCount: 1000 })
    expect(network.layers[0]?.shape).toEqual([32, 149, 149])
    const total = network.layers.reduce((sum, layer) => sum + layer.parameterCount, 0)
    // Keras counts 23,817,352 learnt numbers with 1000 classes; here are 1001.
    expect(total).toBe(23_817_352 + 2049)
    const parts = network.layers.find(({ name }) => name === 'Mixed_5b')?.inner
    expect(parts?.map(({ name }) => name)).toContain('Mixed_5b/Branch_1/Conv2d_0b_5x5')
  })

  it.skipIf(noShared)('of SqueezeNet are its fire modules', async () => {
    const network = listLayers(await loadModel(squeezeNetPath))
    const fires = [2, 3, 4, 5, 6, 7, 8, 9].map((n) => `fire${n}`)
    expect(network.layers.map(({ name }) => name)).toEqual([
      ...['conv1', 'pool1', ...fires.slice(0, 3), 'pool4', ...fires.slice(3, 7), 'pool8'],
      ...['fire9', 'conv_final', 'pool_final'],
    ])
    expect(network).toMatchObject({ lastConvolutional: 'conv_final', logits: 'pool_final' })
    const total = network.layers.reduce((sum, layer) => sum + layer.parameterCount, 0)
    // Iandola et al. 2016: 1.25 million, 4.8 MB.
    expect(total).toBe(1_248_424)
  })

  it.skipIf(noShared)('of three MobileNets are their inverted residuals', async () => {
    for (const path of [mobileNetPath, birdsPath, mobileNetTf2Path]) {
      const network = listLayers(await loadModel(path))
      expect(network.layers).toHaveLength(22)
      expect(network.layers.filter(({ kind }) => kind === 'block')).toHaveLength(17)
      expect(network.layers.slice(-3).map(({ name }) => name)).toEqual([
        ...['pool', 'logits', 'probabilities'],
      ])
      expect(network.layers.every(({ shape, field }) => shape && field)).toBe(true)
    }
  })
})

describe('the first kernels', () => {
  it.skipIf(noDefault)('of Inception V3 are 32 of 3 x 3 in colour', async () => {
    const kernels = firstKernels(await loadModel(defaultModelPath))
    expect(kernels).toMatchObject({ count: 32, channels: 3, height: 3, width: 3, strideX: 2 })
    expect(kernels?.weights).toHaveLength(864)
    expect(kernels?.input).toBe('input')
  })
})
