import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ProviderTrial } from '../../../preload/contract/providers.ts'
import { guessCard } from '../../models/guess-card.ts'
import { prepareOnnx } from '../../models/prepare-model.ts'
import { narrowAlexNet } from '../../models/testing/classics/seeded-alexnet.ts'
import { smallNetwork } from '../../models/testing/small-networks.ts'
import { encodeModel } from '../../onnx/codec.ts'
import type { Model } from '../../onnx/model.ts'
import { chooseWithNode } from '../choose-with-node.ts'
import { forkWithNode } from '../fork-node.ts'
import type { ModelSpec } from '../protocol.ts'
import { runProviderTrial } from './run-provider-trial.ts'

const repository = fileURLToPath(new URL('../../../', import.meta.url))
const entry = join(repository, 'out', 'main', 'provider-trial.js')

/** Says on stderr why tests are left out: a quiet skip looks like a pass. */
function missing(what: string, isThere: boolean): boolean {
  if (!isThere) process.stderr.write(`SKIPPED in provider-trial.integration.test.ts: no ${what}\n`)
  return !isThere
}

/** A folder with Electron's software Vulkan device and the loader that finds it. */
async function softwareVulkan(): Promise<string | undefined> {
  const cache = join(
    process.env.LATENT_CACHE_DIR ?? join(homedir(), '.cache', 'latent'),
    'electron',
  )
  const versions = await readdir(cache).catch(() => [])
  const folders = [
    ...versions.map((version) => join(cache, version)),
    join(repository, 'node_modules', 'electron', 'dist'),
  ]
  return folders.find((folder) => existsSync(join(folder, 'vk_swiftshader_icd.json')))
}

const vulkan = await softwareVulkan()
const noProcess = missing('built trial process: run npm run build', existsSync(entry))
const noVulkan =
  missing('Linux', process.platform === 'linux') ||
  missing('SwiftShader beside an Electron runtime', vulkan !== undefined)

let folder: string
let model: ModelSpec
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latent-providers-'))
  model = await prepared('small', smallNetwork({ side: 32, classes: 10 }))
})
afterAll(() => rm(folder, { recursive: true }))

async function prepared(id: string, network: Model): Promise<ModelSpec> {
  const { reading } = guessCard(network, { fileName: `${id}.onnx`, told: {}, labels: undefined })
  const { quantised, embeddingDim, unitLayers } = prepareOnnx(network, reading)
  const onnxPath = join(folder, `${id}.onnx`)
  await writeFile(onnxPath, encodeModel(quantised))
  return {
    id,
    onnxPath,
    sha256: 'ab'.repeat(32),
    inputSizePx: reading.input.sidePx,
    classCount: reading.classes.count,
    embeddingDim,
    unitCount: unitLayers.reduce((sum, { channels }) => sum + channels, 0),
  }
}

describe.skipIf(noProcess)('trials on real processes', () => {
  it('tries everything, chooses one, and has a reason for the others', {
    timeout: 120_000,
  }, async () => {
    const choice = await chooseWithNode(entry)(model, { benched: [], only: [] })
    const cpu = choice.trials.find(({ provider }) => provider === 'cpu')
    expect(cpu?.facts?.photosPerSecond.map(({ batchSize }) => batchSize)).toEqual([1, 8])
    expect(cpu?.facts?.nodes.onCpu).toBe(cpu?.facts?.nodes.all)
    expect(cpu?.facts?.nodes.all).toBeGreaterThan(3)
    const others = choice.trials.filter(({ provider }) => provider !== choice.provider)
    expect(others.every(({ reason }) => reason.length > 10)).toBe(true)
  })

  it('takes a broken file for a reason', { timeout: 60_000 }, async () => {
    const onnxPath = join(folder, 'broken.onnx')
    await writeFile(onnxPath, 'no network')
    const outcome = await tryOn('cpu', { ...model, onnxPath })
    expect(outcome).toMatchObject({ ok: false, offered: true })
    expect(outcome.ok ? '' : outcome.reason).toMatch(/protobuf|invalid|parse/i)
  })

  it('ends a trial in time', { timeout: 30_000 }, async () => {
    const outcome = await tryOn('cpu', model, 1)
    expect(outcome).toMatchObject({ ok: false })
    expect(outcome.ok ? '' : outcome.reason).toContain('It took more than 0.001 s')
  })
})

describe.skipIf(noProcess || noVulkan)('WebGPU on the software device that Electron ships', () => {
  beforeEach(() => {
    vi.stubEnv('VK_ICD_FILENAMES', join(vulkan ?? '', 'vk_swiftshader_icd.json'))
    vi.stubEnv('LD_LIBRARY_PATH', vulkan)
  })
  afterEach(() => vi.unstubAllEnvs())

  it('runs the network, says the same as the CPU, and is known for software', {
    timeout: 200_000,
  }, async () => {
    const { choice, webGpu } = await trial(model)
    expect(webGpu?.device).toMatchObject({ name: 'SwiftShader', isSoftware: true })
    expectSame(webGpu)
    // It ran there: only what this device cannot do is left to the CPU.
    const { all = 0, onCpu = 0 } = webGpu?.facts?.nodes ?? {}
    expect(all - onCpu).toBeGreaterThan(3)
    expect(choice.provider).toBe('cpu')
    expect(webGpu?.reason).toContain('SwiftShader, is software')
  })

  it('leaves nothing of AlexNet to the CPU but casts and its pixels’ order', {
    timeout: 200_000,
  }, async () => {
    const { webGpu } = await trial(await prepared('alexnet', narrowAlexNet()))
    expectSame(webGpu)
    const onCpu = webGpu?.facts?.nodes.operatorsOnCpu.map(({ operator }) => operator)
    expect(onCpu?.toSorted()).toEqual(['Cast', 'Transpose'])
  })

  async function trial(spec: ModelSpec) {
    const choice = await chooseWithNode(entry)(spec, { benched: [], only: [] })
    return { choice, webGpu: choice.trials.find(({ provider }) => provider === 'webgpu') }
  }

  function expectSame(trial: ProviderTrial | undefined): void {
    expect(trial?.facts?.parity?.maxProbabilityDifference).toBeLessThan(1e-4)
    expect(trial?.facts?.parity?.sameTop5).toBe(true)
    expect(trial?.facts?.parity?.embeddingCosine).toBeGreaterThan(0.9999)
  }
})

const tryOn = (provider: string, spec: ModelSpec, timeoutMs = 30_000) =>
  runProviderTrial(
    forkWithNode(entry),
    { type: 'try', model: spec, provider, threads: 2, batchSizes: [1], examplePath: '' },
    timeoutMs,
  )
