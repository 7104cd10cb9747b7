import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { colourWords, wordTokenizer } from '../models/testing/colour-pair.ts'
import { encodeModel } from '../onnx/codec.ts'
import { GraphBuilder } from '../onnx/graph-builder.ts'
import { dataType } from '../onnx/model.ts'
import { seeded } from '../onnx/testing/seeded.ts'
import { guessTextTower } from './guess-text-tower.ts'
import { prepareTextTower } from './prepare-text-tower.ts'
import { readTokenizer } from './tokenizer.ts'
import { tryTextTower } from './try-text-tower.ts'

const tokenizer = readTokenizer(JSON.stringify(wordTokenizer(colourWords)), undefined)
const dim = 8
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latent-text-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** The mean of all tokens' vectors, those that fill the text up among them unless there is a mask. */
async function meanOfTokens({ masked, spread }: { masked: boolean; spread: number }) {
  const graph = new GraphBuilder('texts')
  const ids = graph.input('input_ids', dataType.int32, ['texts', 'length'])
  const values = seeded(9).normals(tokenizer.size * dim)
  const table = graph.floats(
    'table',
    values.map((value, at) => (at % dim === 0 ? 1 : 0) + value * spread),
    [tokenizer.size, dim],
  )
  let vectors = graph.node('Gather', [table, ids], 'vectors', { axis: 0 })
  if (masked) {
    const mask = graph.input('attention_mask', dataType.int32, ['texts', 'length'])
    const weights = graph.node('Cast', [mask], 'weights', { to: dataType.float })
    const wide = graph.node('Unsqueeze', [weights, graph.int64s('last', [2])], 'wide')
    vectors = graph.node('Mul', [vectors, wide], 'counted')
  }
  const sum = graph.node('ReduceSum', [vectors, graph.int64s('middle', [1])], 'text_embeds', {
    keepdims: 0,
  })
  graph.output(sum, dataType.float, ['texts', dim])
  const source = graph.build()
  const { inputs, outputs } = guessTextTower(source)
  const [vector] = outputs
  if (vector === undefined) throw new Error('Expected a vector')
  const { model, output } = prepareTextTower(source, vector)
  const path = join(folder, 'text.onnx')
  await writeFile(path, encodeModel(model))
  const spec = { inputs, output, embeddingDim: dim, contextTokens: 24, padId: tokenizer.padId }
  return tryTextTower(path, { ...spec, fills: false }, tokenizer, () => {})
}

describe('a text network that is tried', () => {
  it('is given texts filled up to its context where what fills them counts', async () => {
    const { tower, notes } = await meanOfTokens({ masked: false, spread: 1 })
    expect(tower.spec).toMatchObject({ fills: true, inputs: { integers: 'int32', mask: '' } })
    expect(notes).toEqual([])
    await tower.dispose()
  })

  it('is given short texts where a mask leaves out what fills them', async () => {
    const { tower } = await meanOfTokens({ masked: true, spread: 1 })
    expect(tower.spec).toMatchObject({ fills: false, inputs: { mask: 'attention_mask' } })
    await tower.dispose()
  })

  it('is said to be odd when two texts are the same to it', async () => {
    const { tower, notes } = await meanOfTokens({ masked: true, spread: 0 })
    expect(notes).toEqual(['It gives the same for two different texts: check its files.'])
    await tower.dispose()
  })
})
