// The classifier as it would be if no unit's photos were collected.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ModelSpec } from '../../main/engine/protocol.ts'
import { decodeModel, encodeModel } from '../../main/onnx/codec.ts'
import { cutAt } from '../../main/onnx/rewrites/cut.ts'

export async function withoutUnitMaxima(
  spec: ModelSpec,
): Promise<{ spec: ModelSpec; dispose: () => Promise<void> }> {
  const model = decodeModel(new Uint8Array(await readFile(spec.onnxPath)))
  const cut = cutAt(model, { inputs: [], outputs: ['logits', 'probabilities', 'embedding'] })
  const folder = await mkdtemp(join(tmpdir(), 'latent-bench-'))
  const onnxPath = join(folder, 'plain.onnx')
  await writeFile(onnxPath, encodeModel(cut))
  return {
    spec: { ...spec, onnxPath, unitCount: 0 },
    dispose: () => rm(folder, { recursive: true, force: true }),
  }
}
