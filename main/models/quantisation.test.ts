import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChildEvents } from '../engine/child-process.ts'
import { installedCard } from './card.ts'
import type { InstalledModel } from './installed.ts'
import { labelSet } from './labels.ts'
import { Quantisation } from './quantisation.ts'
import type { FromQuantiser, QuantiseReport, QuantiseRequest } from './quantise-protocol.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latent-quantisation-'))
  await writeFile(join(folder, 'network.onnx'), 'floats')
})
afterEach(() => rm(folder, { recursive: true }))

const file = { file: 'network.onnx', sha256: 'ab' }
const card = installedCard.parse({
  ...{ id: 'net', name: 'Net', inputSizePx: 32, classCount: 2, embeddingDim: 4, unitLayers: [] },
  ...{ quantised: file, float: file, sourceSha256: 'cd', converterVersion: 1, msPerPhoto: 9 },
  labels: { kind: 'numbers' },
})
const model = (): InstalledModel => {
  const onnxPath = join(folder, 'network.onnx')
  return {
    card,
    folder,
    labels: labelSet([], 2),
    network: { id: 'net', onnxPath, inputSizePx: 32 },
    spec: {
      ...{ id: 'net', onnxPath, sha256: 'ab', inputSizePx: 32, classCount: 2, embeddingDim: 4 },
      unitCount: 0,
    },
  }
}
const photos = Array.from({ length: 8 }, (_, i) => `${i}.jpg`)
const report = (int8: number): QuantiseReport => ({
  ...{ calibrated: 4, checked: 4, sameTop1: 0.75, top1InTop5: 1, meanEmbeddingCosine: 0.99 },
  photosPerSecond: { float: 10, int8 },
  bytes: { float: 6, int8: 2 },
  ...{ sha256: 'ef', unitLayers: [] },
})

/** A process that does what the test says to a request. */
function quantisation(
  work: (request: QuantiseRequest, events: ChildEvents<FromQuantiser>) => Promise<void> | void,
): Quantisation {
  return new Quantisation({
    userModelsFolder: folder,
    onChange: () => {},
    fork: (events) => ({
      send: (request) => void work(request, events),
      kill: () => events.onExit(null),
    }),
  })
}
const madeAt =
  (int8: number) =>
  async ({ outPath }: QuantiseRequest, { onMessage }: ChildEvents<FromQuantiser>) => {
    await writeFile(outPath, 'int')
    onMessage({ type: 'progress', text: 'Comparing', share: 0.5 })
    onMessage({ type: 'done', report: report(int8) })
  }
const ended = (one: Quantisation) => expect.poll(() => one.status?.state).not.toBe('running')
const abandoned = async (): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.startsWith('.incoming'))

describe('an integer twin', () => {
  it('is kept as a model of its own, with the floats that it was made from', async () => {
    const one = quantisation(madeAt(30))
    expect((await one.start(model(), photos)).ok).toBe(true)
    await ended(one)
    expect(one.status).toMatchObject({ state: 'done', isFaster: true, sameTop1: 0.75 })
    expect(await one.keep()).toEqual({ ok: true, value: 'net-int8' })
    const home = join(folder, 'net-int8')
    expect((await readdir(home)).toSorted()).toEqual(['float.onnx', 'model.json', 'quantised.onnx'])
    const twin = JSON.parse(await readFile(join(home, 'model.json'), 'utf8')) as object
    expect(twin).toMatchObject({ name: 'Net (int8)', quantised: { sha256: 'ef' } })
    // It is not as fast as the other, whose figure this was.
    expect(twin).not.toHaveProperty('msPerPhoto')
    expect(one.status).toBeNull()
    expect(await abandoned()).toEqual([])
  })

  it('that is not faster cannot be kept', async () => {
    const one = quantisation(madeAt(10.1))
    await one.start(model(), photos)
    await ended(one)
    expect(one.status).toMatchObject({ state: 'done', isFaster: false })
    expect(await one.keep()).toMatchObject({ ok: false, error: { code: 'refused' } })
    await one.discard()
    expect(one.status).toBeNull()
    expect(await readdir(folder)).toEqual(['network.onnx'])
  })

  it('is kept once', async () => {
    const one = quantisation(madeAt(30))
    for (const expected of [true, false]) {
      await one.start(model(), photos)
      await ended(one)
      expect((await one.keep()).ok).toBe(expected)
    }
    await one.dispose()
    expect(await abandoned()).toEqual([])
  })

  it('leaves nothing when it is stopped, refused, or its process dies', async () => {
    const stopped = quantisation(() => {})
    await stopped.start(model(), photos)
    expect((await stopped.start(model(), photos)).ok).toBe(false)
    await stopped.stop()
    expect(stopped.status).toBeNull()
    const refused = quantisation((_request, { onMessage }) =>
      onMessage({ type: 'refused', reason: 'no layers' }),
    )
    await refused.start(model(), photos)
    await ended(refused)
    expect(refused.status).toMatchObject({ state: 'failed', modelId: 'net' })
    const dead = quantisation((_request, { onExit }) => onExit(139))
    await dead.start(model(), photos)
    await ended(dead)
    expect(dead.status).toMatchObject({ reason: expect.stringContaining('139') })
    expect(await readdir(folder)).toEqual(['network.onnx'])
  })

  it('needs a few photos', async () => {
    const one = quantisation(madeAt(30))
    expect(await one.start(model(), photos.slice(0, 3))).toMatchObject({ ok: false })
    expect(one.status).toBeNull()
  })
})
