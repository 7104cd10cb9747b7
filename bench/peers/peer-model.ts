// Lays the default network out as transformers.js expects an image classifier on disk.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelSpec } from '../../main/engine/protocol.ts'
import { decodeModel, encodeModel } from '../../main/onnx/codec.ts'
import type { Graph } from '../../main/onnx/model.ts'
import { dataType } from '../../main/onnx/model.ts'

/** Scaled pixels run from -1 to 1, as the network was trained. */
const mean = 0.5
const deviation = 0.5

export interface PeerModel {
  /** Holds config.json, preprocessor_config.json and onnx/model.onnx. */
  readonly folder: string
}

export async function writePeerModel(spec: ModelSpec, scratch: string): Promise<PeerModel> {
  const folder = join(scratch, 'peer-model')
  await mkdir(join(folder, 'onnx'), { recursive: true })
  const model = decodeModel(await readFile(spec.onnxPath))
  if (model.graph === undefined) throw new Error('Expected the model to have a graph.')
  const graph = withFloatInput(withLogitsOnly(model.graph), spec.inputSizePx)
  await writeFile(join(folder, 'onnx', 'model.onnx'), encodeModel({ ...model, graph }))
  await writeFile(join(folder, 'config.json'), JSON.stringify(config(spec.classCount)))
  await writeFile(
    join(folder, 'preprocessor_config.json'),
    JSON.stringify(preprocessor(spec.inputSizePx)),
  )
  return { folder }
}

/** Any convolutional classifier's type would do: it names the class that runs the one graph. */
const config = (classCount: number): object => ({
  model_type: 'resnet',
  architectures: ['ResNetForImageClassification'],
  id2label: Object.fromEntries(Array.from({ length: classCount }, (_, i) => [i, String(i)])),
})

/** The framing that Latent has: the short side to the input side, then the centre square. */
const preprocessor = (sidePx: number): object => ({
  image_processor_type: 'ViTFeatureExtractor',
  do_resize: true,
  size: { shortest_edge: sidePx },
  do_center_crop: true,
  crop_size: { height: sidePx, width: sidePx },
  do_rescale: true,
  rescale_factor: 1 / 255,
  do_normalize: true,
  image_mean: [mean, mean, mean],
  image_std: [deviation, deviation, deviation],
  resample: 2,
})

/** A peer returns labels only: it need not compute the embedding and the softmax. */
function withLogitsOnly(graph: Graph): Graph {
  const needed = new Set(['logits'])
  const nodes = graph.nodes
    .toReversed()
    .filter(({ outputs, inputs }) => {
      if (!outputs.some((output) => needed.has(output))) return false
      for (const input of inputs) needed.add(input)
      return true
    })
    .reverse()
  return {
    ...graph,
    nodes,
    initializers: graph.initializers.filter(({ name }) => needed.has(name)),
    outputs: graph.outputs.filter(({ name }) => name === 'logits'),
    valueInfos: [],
  }
}

/**
 * `pixel_values` float32 [N, 3, side, side] in place of `pixels` uint8 [N, side, side, 3]. The
 * first node was a transpose to integers in NCHW; now one rounds the floats to the same integers.
 */
function withFloatInput(graph: Graph, sidePx: number): Graph {
  const [first, second, ...rest] = graph.nodes
  if (first?.opType !== 'Transpose' || second?.opType !== 'DequantizeLinear') {
    throw new Error('Expected a graph that begins with a transpose and a dequantisation.')
  }
  const dims = ['N', 3, sidePx, sidePx].map((dim) =>
    typeof dim === 'number' ? { value: dim, param: '' } : { value: 0, param: dim },
  )
  const quantise = {
    name: 'quantise_input',
    opType: 'QuantizeLinear',
    domain: '',
    inputs: ['pixel_values', ...second.inputs.slice(1)],
    outputs: [...first.outputs],
    attributes: [],
  }
  return {
    ...graph,
    nodes: [quantise, second, ...rest],
    inputs: [
      { name: 'pixel_values', type: { tensor: { elemType: dataType.float, shape: { dims } } } },
    ],
  }
}
