import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forkWithNode } from '../engine/fork-node.ts'
import { GraphSession } from '../engine/graph-session.ts'
import { testPicture } from '../engine/test-picture.ts'
import { sha256OfFile } from '../fetch/file-hash.ts'
import { decodeModel, encodeModel } from '../onnx/codec.ts'
import { type Layer, listLayers } from '../onnx/layers/list-layers.ts'
import { addTaps } from '../onnx/rewrites/taps.ts'
import { seeded } from '../onnx/testing/seeded.ts'
import { downloadableEntry } from './catalogue.ts'
import { type ImportOptions, tryModel } from './import-model.ts'
import { findModel, type InstalledModel } from './installed.ts'
import { keepQuantised, quantisedFile } from './keep-quantised.ts'
import type { FromQuantiser, QuantiseReport, QuantiseRequest } from './quantise-protocol.ts'
import { residentBytes } from './resident-bytes.ts'
import { runQuantiser } from './run-quantiser.ts'
import { trialLimits } from './run-trial.ts'
import { alexNetLayers, fullAlexNet } from './testing/classics/seeded-alexnet.ts'
import { verifyModel } from './verify-model.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const built = (name: string): string => join(repository, 'out', 'main', name)
const noProcess = !existsSync(built('quantise.js'))
if (noProcess) {
  process.stderr.write('SKIPPED in alexnet-int8.integration.test.ts: no built quantiser\n')
}

const photoCount = 12

let folder: string
let options: ImportOptions
let float: InstalledModel
let report: QuantiseReport

beforeAll(async () => {
  if (noProcess) return
  folder = await mkdtemp(join(tmpdir(), 'latent-int8-'))
  options = {
    modelsFolder: join(folder, 'own'),
    userModelsFolder: folder,
    fork: forkWithNode(built('model-trial.js')),
    residentBytes,
    limits: trialLimits,
    examplePath: '',
    known: [],
  }
  float = await installedAlexNet()
  const photos = await Promise.all(Array.from({ length: photoCount }, (_, i) => photo(i)))
  const request: QuantiseRequest = {
    type: 'quantise',
    spec: float.spec,
    unitLayers: float.card.unitLayers,
    floatPath: float.network.onnxPath,
    outPath: join(folder, quantisedFile),
    threads: 2,
    calibrationPhotos: photos.slice(0, photoCount / 2),
    checkPhotos: photos.slice(photoCount / 2),
  }
  const fork = forkWithNode<QuantiseRequest, FromQuantiser>(built('quantise.js'))
  report = await runQuantiser(fork, request, new AbortController().signal, () => {})
}, 180_000)
afterAll(() => (noProcess ? undefined : rm(folder, { recursive: true, force: true })))

/** The catalogue's AlexNet, with weights from a seed. */
async function installedAlexNet(): Promise<InstalledModel> {
  const listed = downloadableEntry('alexnet')
  if (listed === undefined) throw new Error('Expected AlexNet in the catalogue')
  const path = join(folder, 'alexnet.onnx')
  await writeFile(path, encodeModel(fullAlexNet()))
  const sha256 = await sha256OfFile(path)
  const known = [{ ...listed, source: { ...listed.source, sha256 } }]
  const tried = await tryModel({ path, told: {}, labels: undefined }, { ...options, known })
  if (!tried.ok) throw new Error(tried.error.message)
  const installed = await tried.value.install()
  if (!installed.ok) throw new Error(installed.error.message)
  return found('alexnet')
}

async function found(id: string): Promise<InstalledModel> {
  const model = await findModel(options, id)
  if (!model.ok) throw new Error(model.error.message)
  return model.value
}

/** Soft shapes and fine grain, another picture for every number. */
async function photo(number: number): Promise<string> {
  const [small, large] = [12, 320]
  const colours = [...seeded(number).normals(small * small * 3)].map((z) => 128 + 60 * z)
  const raw = { width: small, height: small, channels: 3 } as const
  const file = join(folder, `photo-${number}.jpg`)
  await sharp(Uint8ClampedArray.from(colours), { raw })
    .resize(large, large, { kernel: 'cubic' })
    .jpeg()
    .toFile(file)
  return file
}

/** What a network says at its layers, by their names. */
async function tapped(onnxPath: string): Promise<ReadonlyMap<string, Float32Array>> {
  const model = decodeModel(await readFile(onnxPath))
  const layers = listLayers(model).layers.filter(({ name }) =>
    alexNetLayers.some(({ layer }) => layer === name),
  )
  const values = layers.map(({ value }: Layer) => value)
  const session = await GraphSession.create(encodeModel(addTaps(model, values)), { threads: 2 })
  const { inputSizePx: side } = float.spec
  const pixels = { data: testPicture(side), dims: [1, side, side, 3] }
  const outputs = await session.run({ pixels }, values)
  await session.dispose()
  return new Map(
    layers.map(({ name, value }) => [name, Float32Array.from(outputs[value]?.data ?? [])]),
  )
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array): number =>
    x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}

describe.skipIf(noProcess)('AlexNet in integers', () => {
  it('takes a quarter of the room and says nearly the same', () => {
    process.stderr.write(`AlexNet in integers: ${JSON.stringify({ ...report, unitLayers: [] })}\n`)
    expect(report).toMatchObject({ calibrated: photoCount / 2, checked: photoCount / 2 })
    expect(report.bytes.int8 / report.bytes.float).toBeLessThan(0.27)
    expect(report.meanEmbeddingCosine).toBeGreaterThan(0.99)
    expect(report.unitLayers).toEqual(expect.arrayContaining(alexNetLayers))
  })

  it('has the layers of the paper, which answer as those in floats do', async () => {
    const [floats, integers] = [
      await tapped(float.network.onnxPath),
      await tapped(join(folder, quantisedFile)),
    ]
    expect([...integers.keys()]).toEqual(alexNetLayers.map(({ layer }) => layer))
    for (const { layer, channels } of alexNetLayers) {
      const [expected, got] = [floats.get(layer), integers.get(layer)]
      if (expected === undefined || got === undefined) throw new Error(`Expected ${layer}`)
      expect(expected.length % channels).toBe(0)
      expect(cosine(expected, got)).toBeGreaterThan(0.98)
    }
  })

  it('is kept, found and sound, with an embedding of 4096 numbers', async () => {
    const home = join(folder, 'alexnet-int8')
    const incoming = await mkdtemp(join(folder, 'incoming-'))
    await writeFile(join(incoming, quantisedFile), await readFile(join(folder, quantisedFile)))
    await keepQuantised(incoming, home, float, report)
    const twin = await found('alexnet-int8')
    expect(twin.spec.embeddingDim).toBe(4096)
    expect(await verifyModel(twin, options)).toMatchObject({ ok: true })
  }, 60_000)
})
