// A pair of networks on disk, as optimum and transformers.js write them.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { colourPair } from '../main/models/testing/colour-pair.ts'
import { encodeModel } from '../main/onnx/codec.ts'

export async function pairFolder(folder: string): Promise<string> {
  const pair = colourPair()
  await mkdir(join(folder, 'onnx'), { recursive: true })
  const files: Readonly<Record<string, object>> = {
    'tokenizer.json': pair.tokenizer,
    'tokenizer_config.json': { model_max_length: 16, pad_token: '<|endoftext|>' },
    'preprocessor_config.json': pair.preprocessor,
    'config.json': pair.config,
  }
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), JSON.stringify(content))
  }
  await writeFile(join(folder, 'onnx', 'vision_model.onnx'), encodeModel(pair.picture))
  await writeFile(join(folder, 'onnx', 'text_model.onnx'), encodeModel(pair.text))
  return folder
}
