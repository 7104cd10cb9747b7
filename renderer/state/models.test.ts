import { describe, expect, it, vi } from 'vitest'
import { fail, ok } from '../../preload/contract/errors.ts'
import type { ImportCard } from '../../preload/contract/model-card.ts'
import type {
  InstalledModelInfo,
  ModelsOverview,
  ModelTrial,
  TrialAnswer,
} from '../../preload/contract/models.ts'
import { connectEvents } from './connect-events.ts'
import { createFakeApi, type FakeAnswers, noBytes } from './fake-api.ts'
import { fakeModel, inspectorAnswers } from './inspector-answers.ts'
import { createLatentStore } from './store.ts'

const info = (id: string): InstalledModelInfo => ({
  id,
  name: id,
  builtIn: false,
  broken: '',
  facts: null,
  file: '',
  inputSizePx: 8,
  classCount: 2,
  labels: 'numbers',
  embeddingDim: 4,
  embeddingLayer: '',
  layers: [],
  sizeBytes: 1,
  msPerPhoto: null,
  canBeQuantised: false,
  pair: null,
  resultPhotos: 0,
  resultBytes: 0,
})

const overview = (change: Partial<ModelsOverview> = {}): ModelsOverview => ({
  currentId: 'm',
  beforeId: null,
  tryingId: null,
  givenUp: null,
  quantisation: null,
  installed: ['m', 'n'].map(info),
  catalogue: [],
  leftResults: [],
  ...change,
})

const card: ImportCard = {
  id: 'small',
  name: 'Small',
  input: { name: 'x', layout: 'nchw', type: 'float32', sidePx: 32 },
  preprocessing: { channelOrder: 'rgb', mean: [0, 0, 0], deviation: [1, 1, 1] },
  output: { name: 'y', kind: 'logits' },
  classes: { count: 10, droppedFirst: 0, droppedLast: 0, labels: 'numbers' },
  embedding: { value: 'fc7', dim: 8 },
}

const trial: ModelTrial = {
  trialId: 't',
  fileName: 'small.onnx',
  sizeBytes: 10,
  card,
  notes: [],
  labels: [],
  photoName: '',
  msPerPhoto: 1,
  labelsFile: '',
  embeddings: [],
  outputs: ['y'],
  layers: [],
  pair: null,
  catalogueId: null,
}
const tried: TrialAnswer = { kind: 'tried', trial }

const setUp = (answers: FakeAnswers) => {
  const api = createFakeApi({ ...inspectorAnswers, ...answers })
  const store = createLatentStore({ api, now: () => performance.now(), fetchBytes: noBytes })
  connectEvents(api, store)
  const inputsOf = (name: string): unknown[] =>
    api.calls.filter((call) => call.name === name).map(({ input }) => input)
  return { api, store, inputsOf, state: () => store.getState() }
}

describe('the models', () => {
  it('are read again when main says that they changed', async () => {
    let current = 'm'
    const { api, state } = setUp({ 'models:overview': () => ok(overview({ currentId: current })) })
    await state().loadModels()
    expect(state().models?.currentId).toBe('m')
    current = 'n'
    api.send('models:changed', undefined)
    await vi.waitFor(() => expect(state().models?.currentId).toBe('n'))
  })

  it('tell once why one was given up', async () => {
    const failure = { code: 'model-broken', message: 'It broke.', hint: '' } as const
    const { state } = setUp({
      'models:overview': () => ok(overview({ givenUp: { number: 1, failure } })),
      'models:use': () => fail('model-broken', 'It does not run.'),
    })
    await state().loadModels()
    await state().chooseModel('n')
    expect(state().notices.map(({ message }) => message)).toEqual(['It broke.', 'It does not run.'])
  })

  it('tell when a download has become a model', async () => {
    const alexnet = {
      id: 'alexnet',
      name: 'AlexNet',
      facts: { summary: '', year: 2012, licence: '', accuracy: null, layersWorth: [] },
      inputSizePx: 224,
      embeddingDim: 4096,
      file: '',
      sizeBytes: 1,
      host: '',
      download: { state: 'checking', doneBytes: 1, reason: '' },
    } as const
    let arrived = false
    const { state, api } = setUp({
      'models:overview': () =>
        ok(overview(arrived ? { installed: [info('alexnet')] } : { catalogue: [alexnet] })),
    })
    await state().loadModels()
    arrived = true
    api.send('models:changed', undefined)
    await vi.waitFor(() =>
      expect(state().notices.map(({ message }) => message)).toEqual(['AlexNet is installed.']),
    )
  })

  it('keep what came of verifying one', async () => {
    const { state } = setUp({
      'models:verify': ({ id }) =>
        id === 'm' ? ok({ ok: true, reason: '', msPerPhoto: 3 }) : fail('model-missing', 'Gone.'),
    })
    const checking = state().checkModel('m')
    expect(state().modelChecks.get('m')).toBe('running')
    await checking
    await state().checkModel('n')
    expect(state().modelChecks.get('m')).toMatchObject({ ok: true, msPerPhoto: 3 })
    expect(state().modelChecks.get('n')).toMatchObject({ ok: false, reason: 'Gone.' })
  })
})

describe('a model that was brought', () => {
  it('shows its card, gathers what a person says, and is tried again with all of it', async () => {
    const { state, inputsOf } = setUp({ 'models:try-again': () => ok(tried) })
    await state().bringModel('small.onnx', Promise.resolve(ok(tried)))
    expect(state().workspace).toBe('models')
    expect(state().brought).toMatchObject({ trialId: 't', trying: false, changed: false })
    state().tellOfModel({ name: 'Mine' })
    expect(state().brought?.changed).toBe(false)
    state().tellOfModel({ preprocessing: { channelOrder: 'bgr' } })
    state().tellOfModel({ preprocessing: { mean: [1, 2, 3] } })
    expect(state().brought?.changed).toBe(true)
    await state().tryModelAgain()
    expect(inputsOf('models:try-again')).toEqual([
      {
        trialId: 't',
        told: { name: 'Mine', preprocessing: { channelOrder: 'bgr', mean: [1, 2, 3] } },
      },
    ])
    expect(state().brought?.changed).toBe(false)
  })

  it('keeps its card when an attempt is refused, and can be corrected', async () => {
    const failure = { code: 'refused', message: 'Not like this.', hint: '' } as const
    let refuses = true
    const { state } = setUp({
      'models:try-again': () =>
        ok(
          refuses
            ? { kind: 'refused' as const, trialId: 't', fileName: 'small.onnx', failure }
            : tried,
        ),
    })
    await state().bringModel('small.onnx', Promise.resolve(ok(tried)))
    await state().tryModelAgain()
    expect(state().brought).toMatchObject({ failure, trial: { card } })
    refuses = false
    await state().tryModelAgain()
    expect(state().brought?.failure).toBeNull()
  })

  it('is installed under the name that it was given', async () => {
    const { state, inputsOf } = setUp({ 'models:install': () => ok('mine') })
    await state().bringModel('small.onnx', Promise.resolve(ok(tried)))
    state().tellOfModel({ id: 'mine' })
    await state().installModel()
    expect(inputsOf('models:install')).toEqual([{ trialId: 't', id: 'mine', name: 'Small' }])
    expect(state().brought).toBeNull()
  })

  it('stays when it cannot be installed', async () => {
    const { state } = setUp({ 'models:install': () => fail('bad-request', 'The name is taken.') })
    await state().bringModel('small.onnx', Promise.resolve(ok(tried)))
    await state().installModel()
    expect(state().brought).toMatchObject({ installing: false, trialId: 't' })
    expect(state().notices.at(-1)?.message).toBe('The name is taken.')
  })

  it('is not brought back by an answer that comes after it was discarded', async () => {
    const { state, inputsOf } = setUp({ 'models:discard': () => ok(undefined) })
    let answer: (value: TrialAnswer) => void = () => {}
    const coming = new Promise<TrialAnswer>((resolve) => {
      answer = resolve
    })
    const bringing = state().bringModel(
      'small.onnx',
      coming.then((value) => ok(value)),
    )
    state().discardModel()
    answer(tried)
    await bringing
    expect(state().brought).toBeNull()
    expect(inputsOf('models:discard')).toEqual([{ trialId: '' }])
  })
})

describe('the Inspector', () => {
  const models = { 'models:overview': () => ok(overview()) } satisfies FakeAnswers
  const answers: FakeAnswers = {
    ...models,
    'inspector:model': ({ modelId = 'm' }) => ok({ ...fakeModel, id: modelId, name: modelId }),
  }

  it('looks at the open photo again with another network, and forgets what it knew', async () => {
    const { state, inputsOf } = setUp(answers)
    await state().loadModels()
    await state().inspect({ kind: 'inspection', id: 's' }, 'dog.jpg')
    await state().loadInspectorModel()
    state().chooseLayer('conv2')
    await state().chooseInspectorModel('n')
    await vi.waitFor(() => expect(state().inspectorModel?.id).toBe('n'))
    expect(state().layerName).toBe('conv1')
    expect(inputsOf('inspector:open')).toEqual([
      { slot: 'a', source: { kind: 'inspection', id: 's' }, modelId: 'm' },
      { slot: 'a', source: { kind: 'inspection', id: 's' }, modelId: 'n' },
    ])
  })

  it('looks at the same photo with two networks, each with its layer', async () => {
    const { state, inputsOf } = setUp(answers)
    await state().loadModels()
    const source = { kind: 'inspection', id: 's' } as const
    await state().inspect(source, 'dog.jpg')
    await state().loadInspectorModel()
    state().chooseLayer('conv2')
    await state().inspect({ ...source }, 'dog.jpg', 'b', 'n')
    await vi.waitFor(() => expect(state().secondModel?.id).toBe('n'))
    expect(state().secondLayerName).toBe('conv2')
    expect(inputsOf('inspector:open').at(-1)).toEqual({ slot: 'b', source, modelId: 'n' })
    state().closeInspected('b')
    expect([state().secondModelId, state().secondModel]).toEqual([null, null])
  })

  it('follows the model in use, unless another one was chosen for it', async () => {
    let current = 'm'
    const { state } = setUp({
      ...answers,
      'models:overview': () => ok(overview({ currentId: current })),
      'models:use': ({ id }) => {
        current = id
        return ok(undefined)
      },
    })
    await state().loadModels()
    await state().inspect({ kind: 'inspection', id: 's' }, 'dog.jpg')
    await state().loadInspectorModel()
    await state().chooseModel('n')
    await vi.waitFor(() => expect(state().inspectorModel?.id).toBe('n'))
    await vi.waitFor(() => expect(state().inspectorModelId).toBeNull())
    await state().chooseInspectorModel('m')
    await vi.waitFor(() => expect(state().inspectorModel?.id).toBe('m'))
    await state().chooseModel('m')
    await state().chooseModel('n')
    expect(state().inspectorModel?.id).toBe('m')
  })

  it('reads no network that nobody looks into', async () => {
    let current = 'm'
    const { state, inputsOf } = setUp({
      ...answers,
      'models:overview': () => ok(overview({ currentId: current })),
      'models:use': ({ id }) => {
        current = id
        return ok(undefined)
      },
    })
    await state().loadModels()
    await state().chooseModel('n')
    expect(inputsOf('inspector:model')).toEqual([])
  })
})
