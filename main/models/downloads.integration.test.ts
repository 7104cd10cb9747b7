import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Failure } from '../../preload/contract/errors.ts'
import { forkWithNode } from '../engine/fork-node.ts'
import { writeFileAt } from '../fetch/download-file.ts'
import { sha256OfFile } from '../fetch/file-hash.ts'
import { type FileServer, sendFrom, serveFile } from '../fetch/testing/file-server.ts'
import { encodeModel } from '../onnx/codec.ts'
import { catalogueEntry, type DownloadableEntry, downloadableEntry } from './catalogue.ts'
import { Downloads } from './downloads.ts'
import { type ImportOptions, mostFileBytes, tryModel } from './import-model.ts'
import { installFile } from './install-file.ts'
import { findModel } from './installed.ts'
import { residentBytes } from './resident-bytes.ts'
import { trialLimits } from './run-trial.ts'
import { alexNetLayers, fullAlexNet } from './testing/classics/seeded-alexnet.ts'
import { verifyModel } from './verify-model.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const entryFile = join(repository, 'out', 'main', 'model-trial.js')
const noProcess = !existsSync(entryFile)
if (noProcess) {
  process.stderr.write('SKIPPED in downloads.integration.test.ts: no built trial process\n')
}

/** The catalogue's AlexNet, with the size and hash of one with seeded weights. */
function alexNetEntry(contents: Uint8Array): DownloadableEntry {
  const entry = downloadableEntry('alexnet')
  if (entry === undefined) throw new Error('Expected AlexNet in the catalogue')
  const sha256 = createHash('sha256').update(contents).digest('hex')
  return { ...entry, source: { ...entry.source, bytes: contents.length, sha256 } }
}

let contents: Uint8Array
let entry: DownloadableEntry
let folder: string
let server: FileServer | undefined
beforeAll(() => {
  contents = encodeModel(fullAlexNet())
  entry = alexNetEntry(contents)
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latent-downloads-'))
})
afterEach(async () => {
  await server?.close()
  server = undefined
  await rm(folder, { recursive: true, force: true })
})
afterAll(() => {
  contents = new Uint8Array()
})

const options = (models: string): ImportOptions => ({
  modelsFolder: join(folder, 'own'),
  userModelsFolder: join(folder, models),
  fork: forkWithNode(entryFile),
  residentBytes,
  limits: trialLimits,
  examplePath: join(repository, 'models', 'installed', 'inception-v3', 'example.jpg'),
  known: [entry],
})

function downloadsFrom(url: string) {
  const failures: Failure[] = []
  const downloads = new Downloads({
    folder: join(folder, 'downloads'),
    address: () => new URL(url),
    freeBytes: async () => 2 ** 40,
    write: writeFileAt,
    limits: { answerTimeoutMs: 5_000, stallTimeoutMs: 5_000, attempts: 2, pauseMs: 1 },
    install: (path, wanted) => installFile(path, wanted, options('models')),
    onChange: () => {},
    onFailure: (failure) => failures.push(failure),
  })
  const stateOf = async () => (await downloads.stateOf(entry)).state
  return { downloads, failures, stateOf }
}

describe.skipIf(noProcess)('AlexNet of the catalogue', () => {
  it('is fetched, paused, gone on with, installed, and is the same as an import', async () => {
    const half = Math.floor(contents.length / 2)
    server = await serveFile(contents, (request, response, asked) => {
      if (request > 0) return undefined
      // The first half comes, then nothing: a person pauses.
      response.writeHead(200, { 'content-length': contents.length })
      response.write(contents.subarray(0, half))
      return asked !== undefined
    })
    const { downloads, failures, stateOf } = downloadsFrom(server.url)
    expect(await stateOf()).toBe('none')
    downloads.start(entry)
    await vi.waitFor(
      async () => expect((await downloads.stateOf(entry)).doneBytes).toBe(half),
      20_000,
    )
    await downloads.pause(entry.id)
    expect(await downloads.stateOf(entry)).toMatchObject({ state: 'paused', doneBytes: half })
    downloads.start(entry)
    await vi.waitFor(async () => expect(await stateOf()).toBe('none'), 50_000)
    expect(failures).toEqual([])
    expect(server.ranges).toEqual(['', `bytes=${half}-`])
    expect(await readdir(join(folder, 'downloads'))).toEqual([])

    const fetched = await findModel(options('models'), 'alexnet')
    if (!fetched.ok) throw new Error(fetched.error.message)
    const { card } = fetched.value
    expect(card).toMatchObject({
      name: 'AlexNet',
      inputSizePx: 224,
      classCount: 1000,
      embeddingDim: 4096,
      embeddingLayer: 'fc7',
      labels: { kind: 'imagenet-1k' },
      sourceSha256: entry.source.sha256,
    })
    // After its ReLU, as Caffe has it: the value behind the activation.
    expect(card.imported?.reading).toMatchObject({
      preprocessing: { channelOrder: 'bgr', mean: [104, 117, 123] },
      embedding: { value: 'fc7_2', dim: 4096 },
    })
    expect(card.unitLayers).toEqual(expect.arrayContaining(alexNetLayers))
    // Two photos at once, which the file's fixed batch would not take, are part of this.
    const check = await verifyModel(fetched.value, options('models'))
    expect(check).toMatchObject({ ok: true })
    if (check.ok) process.stderr.write(`AlexNet: ${check.value.msPerPhoto.toFixed(0)} ms a photo\n`)

    const file = join(folder, 'some other name.onnx')
    await writeFile(file, contents)
    const imported = await tryModel({ path: file, told: {}, labels: undefined }, options('theirs'))
    if (!imported.ok) throw new Error(imported.error.message)
    expect(imported.value.known?.id).toBe('alexnet')
    const installed = await imported.value.install()
    if (!installed.ok) throw new Error(installed.error.message)
    const { imported: from, msPerPhoto, ...theirs } = installed.value
    const { imported: fetchedFrom, msPerPhoto: fetchedMs, ...own } = card
    expect(theirs).toEqual(own)
    expect(from?.reading).toEqual(fetchedFrom?.reading)
    expect([msPerPhoto, fetchedMs].every((ms) => ms !== undefined && ms > 0)).toBe(true)
  })

  it('goes on after the connection was cut, without being asked', async () => {
    server = await serveFile(contents, (request, response, asked) => {
      if (request > 1) return undefined
      sendFrom(contents, asked, response, (request + 1) * 50_000_000)
      return true
    })
    const { downloads, failures, stateOf } = downloadsFrom(server.url)
    downloads.start(entry)
    await vi.waitFor(async () => expect(await stateOf()).toBe('checking'), 20_000)
    await downloads.dispose()
    expect(failures).toEqual([])
    expect(server.ranges).toHaveLength(3)
  })

  it('is refused when another file comes, and nothing of it stays', async () => {
    server = await serveFile(contents.toReversed())
    const { downloads, failures, stateOf } = downloadsFrom(server.url)
    downloads.start(entry)
    await vi.waitFor(async () => expect(await stateOf()).toBe('failed'), 20_000)
    expect(failures[0]).toMatchObject({ code: 'refused' })
    expect(await readdir(join(folder, 'downloads'))).toEqual([])
    expect((await findModel(options('models'), 'alexnet')).ok).toBe(false)
  })

  it('leaves nothing when it is cancelled', async () => {
    server = await serveFile(contents, (_request, response) => {
      response.writeHead(200, { 'content-length': contents.length })
      response.write(contents.subarray(0, 1000))
      return true
    })
    const { downloads, stateOf } = downloadsFrom(server.url)
    downloads.start(entry)
    await vi.waitFor(async () =>
      expect((await downloads.stateOf(entry)).doneBytes).toBeGreaterThan(0),
    )
    await downloads.cancel(entry)
    expect(await stateOf()).toBe('none')
    expect(await readdir(join(folder, 'downloads'))).toEqual([])
  })
})

describe.skipIf(noProcess)('a file above the limit of size', () => {
  it('is read when the catalogue knows it by its hash, and only then', async () => {
    const path = join(folder, 'vgg.onnx')
    const bytes = mostFileBytes + 1
    const file = await open(path, 'w')
    await file.truncate(bytes)
    await file.close()
    const vgg = downloadableEntry('vgg-16')
    if (vgg === undefined) throw new Error('Expected VGG-16 in the catalogue')
    expect(catalogueEntry('vgg-16')?.source).toMatchObject({ bytes: 553_437_752 })
    const tried = async (sha256: string): Promise<string> => {
      const known = [{ ...vgg, source: { ...vgg.source, bytes, sha256 } }]
      const request = { path, told: {}, labels: undefined }
      const result = await tryModel(request, { ...options('models'), known })
      return result.ok ? '' : result.error.message
    }
    expect(await tried('00'.repeat(32))).toContain('networks of up to 500 MB')
    // It goes on to be read, and turns out to be no network.
    expect(await tried(await sha256OfFile(path))).toContain('cannot be used: Expected')
  })
})
