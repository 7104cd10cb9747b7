import { describe, expect, it } from 'vitest'
import type { EngineStatus } from '../../preload/contract/domain.ts'
import { fail, ok } from '../../preload/contract/errors.ts'
import type { Child, ChildEvents } from '../engine/child-process.ts'
import { EngineHost } from '../engine/host.ts'
import type { FromEngine, ToEngine } from '../engine/protocol.ts'
import { FakeTunings, settled, model as spec, tuning } from '../engine/testing/fake-engine.ts'
import type { InstalledModel } from '../models/installed.ts'
import { imagenet1k } from '../models/labels.ts'
import { CurrentModel, type ModelChoice } from './current-model.ts'

const hash = { file: 'x.onnx', sha256: '' }
const modelCalled = (id: string): InstalledModel => ({
  card: {
    id,
    name: `The ${id}`,
    inputSizePx: 32,
    classCount: 2,
    embeddingDim: 4,
    unitLayers: [],
    quantised: hash,
    float: hash,
    sourceSha256: '',
    converterVersion: 1,
    labels: { kind: 'imagenet-1k' },
  },
  folder: '',
  spec: { ...spec, id },
  network: { id, onnxPath: '', inputSizePx: 32 },
  labels: imagenet1k,
})

/** Engines whose processes load what `runs` says, and a library that writes down what it is told. */
async function setUp(choice: ModelChoice, runs: (id: string) => boolean = () => true) {
  const engines: { id: string; events: ChildEvents<FromEngine>; killed: boolean }[] = []
  const statuses: EngineStatus[] = []
  const steps: string[] = []
  const written: ModelChoice[] = []
  const installed = new Set(['own', 'one', 'two'])
  let adoptFails = false
  const current = await CurrentModel.open({
    choice: {
      read: async () => choice,
      write: async (value) => void written.push(value),
    },
    defaultId: 'own',
    find: async (id) =>
      installed.has(id) ? ok(modelCalled(id)) : fail('model-missing', `There is no ${id}.`),
    startEngine: (model, onStatus) =>
      new EngineHost({
        fork: (events): Child<ToEngine> => {
          const entry = { id: model.card.id, events, killed: false }
          engines.push(entry)
          queueMicrotask(() => events.onMessage({ type: 'hello', runtime: 'fake' }))
          return {
            send: (message) => {
              if (message.type !== 'load') return
              queueMicrotask(() =>
                events.onMessage(
                  runs(model.card.id)
                    ? { type: 'loaded', id: 0, tuning, measured: false }
                    : { type: 'failed', id: 0, reason: 'It is no network.' },
                ),
              )
            },
            kill: () => {
              entry.killed = true
            },
          }
        },
        model: model.spec,
        modelName: model.card.name,
        tunings: new FakeTunings(),
        onlyProviders: [],
        onStatus,
      }),
    user: () => ({
      rest: async () => void steps.push('rest'),
      adopt: async () => {
        steps.push(`adopt ${current.model.card.id}`)
        if (adoptFails) throw new Error('The library cannot be written.')
      },
      goOn: async () => void steps.push('go on'),
    }),
    onStatus: (status) => statuses.push(status),
    onChange: () => {},
  })
  const failAdopting = (): void => {
    adoptFails = true
  }
  return { current, engines, statuses, steps, written, failAdopting }
}

const first: ModelChoice = { modelId: 'own', beforeId: null }

describe('the model in use', () => {
  it('gives its place to another one that runs, and is the way back', async () => {
    const { current, engines, steps, written, statuses } = await setUp(first)
    await current.engine.ready()
    expect(await current.use('one')).toEqual(ok(undefined))
    expect(current.model.card.id).toBe('one')
    expect(current.beforeId).toBe('own')
    expect(steps).toEqual(['rest', 'adopt one'])
    expect(written).toEqual([{ modelId: 'one', beforeId: 'own' }])
    expect(engines.map(({ id, killed }) => [id, killed])).toEqual([
      ['own', true],
      ['one', false],
    ])
    expect(statuses.at(-1)).toMatchObject({ state: 'ready', modelId: 'one' })
    await current.use('own')
    expect([current.model.card.id, current.beforeId]).toEqual(['own', 'one'])
    current.dispose()
  })

  it('stays when the other one does not load, and its work goes on', async () => {
    const { current, engines, steps, written, statuses } = await setUp(first, (id) => id !== 'one')
    await current.engine.ready()
    const used = await current.use('one')
    expect(used).toMatchObject({
      ok: false,
      error: {
        code: 'model-broken',
        message: 'The one could not be started: It is no network.',
        hint: 'The own stays in use.',
      },
    })
    expect(current.model.card.id).toBe('own')
    expect(current.engine.status.state).toBe('ready')
    expect(steps).toEqual(['rest', 'go on'])
    expect(written).toEqual([])
    // The window hears nothing of an engine that was never in use.
    expect(statuses.every(({ modelId }) => modelId === 'own')).toBe(true)
    expect(engines.map(({ killed }) => killed)).toEqual([false, true])
    current.dispose()
  })

  it('stays when the library cannot take up the other one', async () => {
    const { current, steps, failAdopting } = await setUp(first)
    await current.engine.ready()
    failAdopting()
    expect(await current.use('one')).toMatchObject({ ok: false })
    expect(current.model.card.id).toBe('own')
    expect(steps).toEqual(['rest', 'adopt one', 'go on'])
    current.dispose()
  })

  it('stays when the other one is not there', async () => {
    const { current, steps } = await setUp(first)
    expect(await current.use('none')).toMatchObject({ error: { code: 'model-missing' } })
    expect(steps).toEqual([])
    current.dispose()
  })

  it('changes one at a time, in the order asked for', async () => {
    const { current, steps } = await setUp(first)
    await Promise.all([current.use('one'), current.use('two'), current.use('two')])
    expect(steps).toEqual(['rest', 'adopt one', 'rest', 'adopt two'])
    expect([current.model.card.id, current.beforeId]).toEqual(['two', 'one'])
    current.dispose()
  })

  it('is the default one when the chosen one is gone, which is told', async () => {
    const { current, written } = await setUp({ modelId: 'gone', beforeId: 'one' })
    expect(current.model.card.id).toBe('own')
    expect(current.givenUp?.failure).toMatchObject({
      message: 'gone cannot be used: There is no gone.',
      hint: 'The own is used instead.',
    })
    expect(written).toEqual([{ modelId: 'own', beforeId: null }])
    current.dispose()
  })

  it('gives way to the one before when it stops running for good', async () => {
    const { current, engines, written } = await setUp({ modelId: 'two', beforeId: 'one' })
    await current.engine.ready()
    for (let deaths = 0; deaths < 6; deaths++) {
      engines.at(-1)?.events.onExit(139)
      await settled()
      await settled()
    }
    await expect.poll(() => current.model.card.id).toBe('one')
    await expect.poll(() => current.givenUp?.number).toBe(1)
    expect(current.givenUp?.failure.message).toContain('The two cannot be used')
    expect(current.givenUp?.failure.hint).toBe('The one is used instead.')
    // There is no way back to what does not run.
    expect(current.beforeId).toBeNull()
    expect(written.at(-1)).toEqual({ modelId: 'one', beforeId: null })
    current.dispose()
  })

  it('forgets the way back to a model that was removed', async () => {
    const { current, written } = await setUp({ modelId: 'two', beforeId: 'one' })
    await current.forget('two')
    expect(current.beforeId).toBe('one')
    await current.forget('one')
    expect(current.beforeId).toBeNull()
    expect(written).toEqual([{ modelId: 'two', beforeId: null }])
    current.dispose()
  })
})
