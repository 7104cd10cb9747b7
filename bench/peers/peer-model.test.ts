import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { expect, it } from 'vitest'
import { testPicture } from '../../main/engine/test-picture.ts'
import { defaultModelId } from '../../main/models/catalogue.ts'
import { installedModel } from '../../main/models/installed.ts'
import { writePeerModel } from './peer-model.ts'

const models = join(import.meta.dirname, '..', '..', 'models', 'installed')

it('gives the peers the same scores for the same pixels', async () => {
  const model = await installedModel(models, defaultModelId)
  if (!model.ok) throw new Error(model.error.message)
  const { spec } = model.value
  const scratch = await mkdtemp(join(tmpdir(), 'latent-peer-model-'))
  try {
    const { folder } = await writePeerModel(spec, scratch)
    const side = spec.inputSizePx
    const pixelsNhwc = testPicture(side)
    const ours = await ort.InferenceSession.create(spec.onnxPath)
    const theirs = await ort.InferenceSession.create(join(folder, 'onnx', 'model.onnx'))
    expect(theirs.inputNames).toEqual(['pixel_values'])
    expect(theirs.outputNames).toEqual(['logits'])
    // What transformers.js's preprocessing makes of the same pixels.
    const scaledNchw = new Float32Array(pixelsNhwc.length)
    for (let at = 0; at < side * side; at++) {
      for (let channel = 0; channel < 3; channel++) {
        const value = pixelsNhwc[at * 3 + channel] ?? 0
        scaledNchw[channel * side * side + at] = (value / 255 - 0.5) / 0.5
      }
    }
    const expected = await ours.run({
      pixels: new ort.Tensor('uint8', pixelsNhwc, [1, side, side, 3]),
    })
    const found = await theirs.run({
      pixel_values: new ort.Tensor('float32', scaledNchw, [1, 3, side, side]),
    })
    const a = Array.from(expected.logits?.data as Float32Array)
    const b = Array.from(found.logits?.data as Float32Array)
    // 255 levels between -1 and 1 are not quite the network's 256: pixels are one level off at most.
    expect(b.indexOf(Math.max(...b))).toBe(a.indexOf(Math.max(...a)))
    expect(Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? 0))))).toBeLessThan(1)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
})
