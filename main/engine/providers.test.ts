import { describe, expect, it } from 'vitest'
import type { GraphicsDevice } from '../../preload/contract/providers.ts'
import type { PictureAnswer, ProviderTrialOutcome } from './provider-trial/protocol.ts'
import { chooseProvider, type ProviderWishes } from './providers.ts'
import { model } from './testing/fake-engine.ts'

const good: PictureAnswer = {
  isDrawn: false,
  probabilities: Float32Array.of(0.9, 0.1),
  embedding: Float32Array.of(0.6, 0.8),
}
const wrong: PictureAnswer = { ...good, probabilities: Float32Array.of(0.5, 0.5) }

const ran = (photosPerSecond: number, answer = good): ProviderTrialOutcome => ({
  ok: true,
  run: {
    answers: [answer],
    facts: {
      photosPerSecond: [
        { batchSize: 1, photosPerSecond: photosPerSecond / 2 },
        { batchSize: 8, photosPerSecond },
      ],
      loadMs: 10,
      firstRunMs: 10,
      nodes: { all: 3, onCpu: 0, operatorsOnCpu: [] },
    },
  },
})
const refused: ProviderTrialOutcome = { ok: false, offered: true, reason: 'No driver.' }
const absent: ProviderTrialOutcome = { ok: false, offered: false, reason: 'Not offered.' }
const software: GraphicsDevice = {
  name: 'SwiftShader',
  memoryBytes: null,
  driver: '',
  isSoftware: true,
}

async function choose(
  outcomes: Readonly<Record<string, ProviderTrialOutcome>>,
  wishes: Partial<ProviderWishes> = {},
) {
  const tried: string[] = []
  const choice = await chooseProvider(
    {
      tryOn: (_model, provider) => {
        tried.push(provider)
        return Promise.resolve(outcomes[provider] ?? absent)
      },
      deviceOf: (provider) => Promise.resolve(provider === 'webgpu' ? software : undefined),
    },
    model,
    { benched: [], only: [], ...wishes },
  )
  const trialOf = (name: string) => choice.trials.find(({ provider }) => provider === name)
  return { ...choice, tried, trialOf }
}

describe('chooseProvider', () => {
  it('takes the fastest that agrees with the CPU, and says by how much', async () => {
    const { provider, why, substitutes, trialOf } = await choose({
      cuda: ran(500),
      dml: ran(900, wrong),
      cpu: ran(40),
    })
    expect(provider).toBe('cuda')
    expect(why).toBe('It is the fastest here: 500 photos/s against 40 on cpu.')
    expect(substitutes).toEqual(['cpu'])
    expect(trialOf('dml')?.reason).toContain('off by 0.400')
    expect(trialOf('cpu')?.reason).toBe('It is slower: 40 photos/s against 500 on cuda.')
    expect(trialOf('cuda')).toMatchObject({ ok: true, facts: { parity: { sameTop5: true } } })
  })

  it('says of a slow device that it is software', async () => {
    const { provider, trialOf } = await choose({ webgpu: ran(0.04), cpu: ran(40) })
    expect(provider).toBe('cpu')
    expect(trialOf('webgpu')?.reason).toBe(
      'It is slower: 0.040 photos/s against 40 on cpu. Its device, SwiftShader, is software that runs on the CPU.',
    )
    expect(trialOf('webgpu')?.device).toEqual(software)
  })

  it('goes on past refusals and keeps their reasons', async () => {
    const { provider, why, trialOf } = await choose({ cuda: refused, cpu: ran(40) })
    expect(provider).toBe('cpu')
    expect(why).toBe('It is the only one that works here.')
    expect(trialOf('cuda')).toMatchObject({ ok: false, offered: true, reason: 'No driver.' })
    expect(trialOf('dml')).toMatchObject({ offered: false })
  })

  it('prefers a device that leaves the processor to the decoders, unless it is much slower', async () => {
    const close = await choose({ cuda: ran(218), cpu: ran(282) })
    expect(close).toMatchObject({
      provider: 'cuda',
      why: 'It leaves the processor to the decoders: 218 photos/s against 282 on cpu.',
    })
    expect(close.trialOf('cpu')?.reason).toBe(
      'It would share the processor with decoders: 282 photos/s against 218 on cuda.',
    )
    expect((await choose({ cuda: ran(200), cpu: ran(282) })).provider).toBe('cpu')
    // Software takes the processor as well.
    expect((await choose({ webgpu: ran(218), cpu: ran(282) })).provider).toBe('cpu')
  })

  it('takes what the person chose before a faster one, but only when it is correct', async () => {
    const slow = await choose({ webgpu: ran(1), cpu: ran(40) }, { preferred: 'webgpu' })
    expect(slow).toMatchObject({ provider: 'webgpu', why: 'It was chosen in the settings.' })
    expect(slow.trialOf('cpu')?.reason).toContain('Another one was asked for')
    const broken = await choose({ webgpu: ran(99, wrong), cpu: ran(40) }, { preferred: 'webgpu' })
    expect(broken.provider).toBe('cpu')
    expect(broken.why).toContain('webgpu was chosen, but cannot be used.')
  })

  it('compares with the CPU even where the CPU may not be used, and then does not fall back', async () => {
    const outcomes = { cuda: ran(500, wrong), cpu: ran(40) }
    await expect(choose(outcomes, { only: ['cuda'] })).rejects.toThrow(
      /This execution provider cannot be used\. .*cuda: Its results differ/,
    )
    const { provider, tried, trials } = await choose(
      { cuda: ran(5), cpu: ran(40) },
      { only: ['cuda'] },
    )
    expect(provider).toBe('cuda')
    expect(tried).toEqual(['cuda', 'cpu'])
    expect(trials.map((trial) => trial.provider)).toEqual(['cuda'])
  })

  it('does not try what is benched, and passes its reason on', async () => {
    const bench = { provider: 'dml', ok: false, reason: 'It crashed.' }
    const { tried, trialOf } = await choose({ dml: ran(9), cpu: ran(1) }, { benched: [bench] })
    expect(tried).not.toContain('dml')
    expect(trialOf('dml')).toEqual(bench)
  })

  it('uses a GPU where the CPU cannot run the network at all', async () => {
    const { provider } = await choose({ webgpu: ran(3), cpu: refused })
    expect(provider).toBe('webgpu')
  })

  it('leaves it to the engine when even the trial of the CPU was not completed', async () => {
    const { provider, trialOf } = await choose({ cuda: refused, cpu: refused })
    expect(provider).toBe('cpu')
    expect(trialOf('cpu')?.ok).toBe(false)
  })

  it('does not try the CPU when it is the only one asked for', async () => {
    expect(await choose({ cpu: ran(1) }, { only: ['cpu'] })).toMatchObject({
      provider: 'cpu',
      tried: [],
    })
  })

  it('throws the reason when nothing works, and stops when it is aborted', async () => {
    const outcomes = { cuda: refused, cpu: refused }
    await expect(choose(outcomes, { only: ['cuda'] })).rejects.toThrow(/cuda: No driver\./)
    const signal = AbortSignal.abort(new Error('Stopped.'))
    await expect(choose({ cpu: ran(1) }, { signal })).rejects.toThrow('Stopped.')
  })
})

describe('chooseProvider with a float form', () => {
  const twoForms = { ...model, float: { onnxPath: 'float.onnx', unitLayers: [] } }
  /** Rounded: the same labels, other probabilities. */
  const floats: PictureAnswer = {
    isDrawn: false,
    probabilities: Float32Array.of(0.8, 0.2),
    embedding: Float32Array.of(0.61, 0.79),
  }
  const gpu: GraphicsDevice = { name: 'GPU', memoryBytes: null, driver: '', isSoftware: false }

  async function chooseForm(
    integers: Readonly<Record<string, ProviderTrialOutcome>>,
    inFloat: Readonly<Record<string, ProviderTrialOutcome>>,
    device: GraphicsDevice | null = gpu,
    wishes: Partial<ProviderWishes> = {},
  ) {
    const tried: string[] = []
    const choice = await chooseProvider(
      {
        tryOn: ({ onnxPath }, provider) => {
          const isFloat = onnxPath === 'float.onnx'
          tried.push(isFloat ? `${provider} in floats` : provider)
          return Promise.resolve((isFloat ? inFloat : integers)[provider] ?? absent)
        },
        deviceOf: (provider) =>
          Promise.resolve(provider === 'cpu' ? undefined : (device ?? undefined)),
      },
      twoForms,
      { benched: [], only: ['webgpu', 'cpu'], ...wishes },
    )
    return { ...choice, tried }
  }

  it('runs floats on a device that rounds integers another way', async () => {
    const { provider, floatOn, substitutes, trials, tried } = await chooseForm(
      { webgpu: ran(90, wrong), cpu: ran(40) },
      { webgpu: ran(300, floats), cpu: ran(10, floats) },
    )
    expect(tried).toEqual(['webgpu', 'webgpu in floats', 'cpu', 'cpu in floats'])
    expect({ provider, floatOn, substitutes }).toEqual({
      provider: 'webgpu',
      floatOn: ['webgpu'],
      substitutes: ['cpu'],
    })
    const [own, float] = trials.filter((trial) => trial.provider === 'webgpu')
    expect(own).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/off by 0\.400\. It is used in floats instead\.$/),
    })
    expect(float).toMatchObject({
      form: 'float',
      ok: true,
      facts: { parity: { maxProbabilityDifference: 0, withIntegers: { sameFirst: true } } },
    })
    // Floats on the CPU only say what is correct.
    expect(trials.filter((trial) => trial.provider === 'cpu')).toHaveLength(1)
  })

  it('keeps the faster form where both are correct', async () => {
    const faster = await chooseForm(
      { webgpu: ran(500), cpu: ran(40) },
      { webgpu: ran(300, floats), cpu: ran(10, floats) },
    )
    expect(faster).toMatchObject({ provider: 'webgpu', floatOn: [], substitutes: ['cpu'] })
    expect(faster.trials.find(({ form }) => form === 'float')?.reason).toBe(
      'It is used in its other form, which is faster: 300 photos/s in floats, 500 in integers.',
    )
  })

  it('refuses floats that differ from floats on the CPU, or say another label', async () => {
    const differing = await chooseForm(
      { webgpu: ran(90, wrong), cpu: ran(40) },
      { webgpu: ran(300), cpu: ran(10, floats) },
    )
    expect(differing).toMatchObject({ provider: 'cpu', floatOn: [] })
    const other: PictureAnswer = { ...floats, probabilities: Float32Array.of(0.4, 0.6) }
    const labelled = await chooseForm(
      { webgpu: ran(90, wrong), cpu: ran(40) },
      { webgpu: ran(300, other), cpu: ran(10, other) },
    )
    expect(labelled.provider).toBe('cpu')
    expect(labelled.trials.find(({ form }) => form === 'float')?.reason).toContain(
      'another first label',
    )
    const unlike: PictureAnswer = { ...floats, embedding: Float32Array.of(1, 0) }
    const featured = await chooseForm(
      { webgpu: ran(90, wrong), cpu: ran(40) },
      { webgpu: ran(300, unlike), cpu: ran(10, unlike) },
    )
    expect(featured.provider).toBe('cpu')
  })

  it('spends no minute on software devices, or where there is none, unless told to', async () => {
    const soft = { ...gpu, isSoftware: true }
    const integers = { webgpu: ran(0.1, wrong), cpu: ran(40) }
    const inFloat = { webgpu: ran(0.2, floats), cpu: ran(10, floats) }
    expect((await chooseForm(integers, inFloat, soft)).tried).toEqual(['webgpu', 'cpu'])
    const thorough = await chooseForm(integers, inFloat, soft, { thorough: true })
    expect(thorough.tried).toContain('webgpu in floats')
    expect(thorough.provider).toBe('cpu')
    expect(thorough.substitutes).toEqual(['webgpu'])
    const none = { webgpu: refused, cpu: ran(40) }
    expect((await chooseForm(none, inFloat, null)).tried).toEqual(['webgpu', 'cpu'])
    expect((await chooseForm({ cpu: ran(40) }, inFloat)).tried).toEqual(['webgpu', 'cpu'])
  })
})
