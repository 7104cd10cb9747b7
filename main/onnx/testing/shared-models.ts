// Where tests find real networks; each is absent on some machines.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decodeModel } from '../codec.ts'
import type { Model } from '../model.ts'
import { convertTflite } from '../tflite/convert.ts'

const repository = fileURLToPath(new URL('../../../', import.meta.url))
const shared = join(repository, '..', 'shared')

export const squeezeNetPath = join(shared, 'models', 'squeezenet1.0_deepcompression_fp32.onnx')
export const mobileNetPath = join(shared, 'models', 'mobilenet_v2_1.0_224_quant.tflite')
export const mobileNetTf2Path = join(shared, 'models', 'tf2_mobilenet_v2_1.0_224_ptq.tflite')
export const birdsPath = join(shared, 'models', 'mobilenet_v2_1.0_224_inat_bird_quant.tflite')
export const defaultModelPath = join(
  repository,
  'models',
  'installed',
  'inception-v3',
  'float.onnx',
)
export const badModelsFolder = join(shared, 'bad-models')

/** Says on stderr that tests are left out: a quiet skip looks like a pass. */
export function missing(test: string, path: string): boolean {
  const absent = !existsSync(path)
  if (absent) process.stderr.write(`SKIPPED in ${test}: no ${path}\n`)
  return absent
}

/** An ONNX file, or a TensorFlow Lite file in its float form with ReLUs. */
export async function loadModel(path: string): Promise<Model> {
  const bytes = await readFile(path)
  return path.endsWith('.tflite')
    ? convertTflite(bytes, { arithmetic: 'float-relu', droppedClasses: 1 }).model
    : decodeModel(bytes)
}
