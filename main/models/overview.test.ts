import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { InstalledCard } from './card.ts'
import { catalogueEntry, downloadableEntry } from './catalogue.ts'
import { catalogueModels, installedModels, leftResults } from './overview.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latent-overview-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function install(place: string, card: Partial<InstalledCard> & { id: string }) {
  const home = join(folder, place, card.id)
  await mkdir(home, { recursive: true })
  await writeFile(join(home, 'network.onnx'), new Uint8Array(1000))
  const file = { file: 'network.onnx', sha256: 'ab' }
  const whole: InstalledCard = {
    name: card.id,
    inputSizePx: 224,
    classCount: 1000,
    embeddingDim: 512,
    unitLayers: [
      { layer: 'conv1', channels: 8 },
      { layer: 'pool', channels: 512 },
      { layer: 'logits', channels: 1000 },
    ],
    quantised: file,
    float: file,
    sourceSha256: '',
    converterVersion: 1,
    labels: { kind: 'imagenet-1k' },
    ...card,
  }
  await writeFile(join(home, 'model.json'), JSON.stringify(whole))
}

const folders = () => ({
  modelsFolder: join(folder, 'own'),
  userModelsFolder: join(folder, 'theirs'),
})

it('tells of every model what it is, and what it holds of a library', async () => {
  const known = catalogueEntry('alexnet')
  await install('own', { id: 'inception-v3', name: 'Inception V3' })
  await install('theirs', { id: 'alexnet', sourceSha256: known?.source.sha256 ?? '' })
  // Of the same name, made from something else.
  await install('theirs', { id: 'vgg-16', labels: { kind: 'none' }, msPerPhoto: 9 })
  await mkdir(join(folder, 'theirs', 'broken'))
  await writeFile(join(folder, 'theirs', 'broken', 'model.json'), '{')
  const results = [
    { modelId: 'alexnet', photoCount: 3, bytes: 77, inferMs: 5 },
    { modelId: 'gone', photoCount: 2, bytes: 55, inferMs: 4 },
    { modelId: 'never-ran', photoCount: 0, bytes: 0, inferMs: 0 },
  ]
  const installed = await installedModels(folders(), results)
  expect(installed.map(({ id, builtIn }) => [id, builtIn])).toEqual([
    ['inception-v3', true],
    ['alexnet', false],
    ['broken', false],
    ['vgg-16', false],
  ])
  const [own, alexnet, broken, vgg] = installed
  expect(own).toMatchObject({ embeddingLayer: 'pool', sizeBytes: 1000, msPerPhoto: null })
  // Where nothing is known of it, some from early to late.
  expect(own?.layers.map(({ layer }) => layer)).toEqual(['conv1', 'pool'])
  expect(alexnet?.layers.map(({ layer }) => layer)).toContain('fc7')
  expect(alexnet?.facts?.year).toBe(2012)
  expect(alexnet).toMatchObject({ msPerPhoto: 5, resultPhotos: 3, resultBytes: 77 })
  expect(broken?.broken).toContain('broken')
  expect(vgg).toMatchObject({ facts: null, labels: 'none', msPerPhoto: 9, resultPhotos: 0 })
  expect(
    leftResults(
      results,
      installed.map(({ id }) => id),
    ),
  ).toEqual([{ modelId: 'gone', photos: 2, bytes: 55 }])
})

it('offers what is not installed, with what there is of it', async () => {
  const entries = ['alexnet', 'vgg-16'].flatMap((id) => downloadableEntry(id) ?? [])
  const offered = await catalogueModels(entries, ['alexnet'], 'models.example', async () => ({
    state: 'paused',
    doneBytes: 12,
    reason: '',
  }))
  expect(offered).toMatchObject([
    {
      id: 'vgg-16',
      file: 'vgg16-12.onnx',
      sizeBytes: 553_437_752,
      host: 'models.example',
      download: { state: 'paused', doneBytes: 12 },
    },
  ])
})
