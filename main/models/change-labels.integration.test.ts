import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeModel } from '../onnx/codec.ts'
import { textHandlers } from '../text/handlers.ts'
import type { LabelAnswer, LabelRequest } from '../text/protocol.ts'
import { changeLabels, distinctNames, removeOldLabels } from './change-labels.ts'
import { installedModel } from './installed.ts'
import { pairAt } from './pair-files.ts'
import { prepareFile } from './prepare-file.ts'
import { colourPair } from './testing/colour-pair.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latent-labels-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const context = { signal: new AbortController().signal, progress: () => {} }
const texts = {
  label: (request: LabelRequest): Promise<LabelAnswer> => textHandlers(1).label(request, context),
}

/** As an import leaves it. */
async function installed() {
  const home = join(folder, 'colours')
  await mkdir(home)
  const pair = colourPair()
  await writeFile(join(folder, 'vision_model.onnx'), encodeModel(pair.picture))
  await writeFile(join(folder, 'text_model.onnx'), encodeModel(pair.text))
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(pair.tokenizer))
  const found = await pairAt(join(folder, 'vision_model.onnx'))
  const prepared = await prepareFile(
    {
      type: 'prepare',
      path: found?.picture ?? '',
      pair: found?.pair,
      told: { input: { sidePx: 32 } },
      labels: undefined,
      outFolder: home,
      examplePath: '',
    },
    async () => undefined,
    () => {},
  )
  const names = JSON.stringify(prepared.classes)
  await writeFile(join(home, 'labels.json'), names)
  const { quantised, float, pair: text, classes, sourceSha256, embeddingDim } = prepared
  const card = {
    ...{ id: 'colours', name: 'Colours', inputSizePx: 32, classCount: classes?.length },
    ...{ embeddingDim, unitLayers: [], quantised, float, sourceSha256, converterVersion: 1 },
    labels: { kind: 'file', file: 'labels.json', sha256: '' },
    pair: text,
  }
  await writeFile(join(home, 'model.json'), JSON.stringify(card))
  const model = await installedModel(folder, 'colours')
  if (!model.ok) throw new Error(model.error.message)
  return model.value
}

const wanted = { names: [['', 'red'] as const, ['', 'Blue'] as const], templates: ['a {}'] }

describe('other labels', () => {
  it('make another classifier of the same pictures, whose results stay known', async () => {
    const before = await installed()
    const changed = await changeLabels(before, wanted, { texts })
    expect(changed).toMatchObject({ ok: true, value: { classCount: 2 } })
    const after = await installedModel(folder, 'colours')
    if (!after.ok || !changed.ok) throw new Error('Expected a model')
    expect(after.value.spec.sha256).toBe(before.spec.sha256)
    expect(after.value.spec.labelling).not.toBe(before.spec.labelling)
    expect(after.value.labels.label(1, 1).name).toBe('Blue')
    await removeOldLabels(changed.value, before.folder)
    const left = await readdir(before.folder)
    expect(left.filter((name) => /^label/.test(name))).toHaveLength(3)
    expect(left).toEqual(expect.arrayContaining(['network.onnx', 'text.onnx', 'tokenizer.json']))
  })

  it('are refused with a reason when there are too few, and leave all as it was', async () => {
    const model = await installed()
    const card = await readFile(join(model.folder, 'model.json'), 'utf8')
    const twice = { ...wanted, names: [['', 'red'] as const, ['', ' RED '] as const] }
    expect(await changeLabels(model, twice, { texts })).toMatchObject({
      ok: false,
      error: { message: 'Expected from 2 to 5,000 labels but received 1.' },
    })
    expect(await readFile(join(model.folder, 'model.json'), 'utf8')).toBe(card)
  })
})

it('takes each name once, without blanks around it', () => {
  const names = [
    ['', ' a '],
    ['n1', 'A'],
    ['', ''],
    ['', 'b'],
  ] as const
  expect(distinctNames(names)).toEqual([
    ['', 'a'],
    ['', 'b'],
  ])
})
