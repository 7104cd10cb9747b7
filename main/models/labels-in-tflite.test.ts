import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { birdsPath, missing } from '../onnx/testing/shared-models.ts'
import { labelsInTflite } from './labels-in-tflite.ts'
import { smallTflite } from './testing/small-tflite.ts'

describe('class names behind a TensorFlow Lite network', () => {
  const absent = missing('labels-in-tflite.test.ts', birdsPath)
  it.skipIf(absent)('are those of the archive', async () => {
    const labels = await labelsInTflite(new Uint8Array(await readFile(birdsPath)))
    expect(labels).toHaveLength(965)
    expect(labels?.[0]).toEqual(['', "Haemorhous cassinii (Cassin's Finch)"])
  })

  it('are none where there is no archive, or a broken one', async () => {
    const network = smallTflite()
    expect(await labelsInTflite(network)).toBeUndefined()
    const end = Buffer.from('504b0506000000000100010042000000ffff00000000', 'hex')
    expect(await labelsInTflite(Buffer.concat([network, end]))).toBeUndefined()
  })
})
