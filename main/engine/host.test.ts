import { describe, expect, it } from 'vitest'
import { EngineUnavailableError } from './host.ts'
import { choice, idOf, model, nameOf, settled, setUpHost, tuning } from './testing/fake-engine.ts'

describe('EngineHost, starting', () => {
  it('loads the model after the process says hello, and is ready when it is loaded', async () => {
    const { host, current, statuses, wishesSeen } = setUpHost()
    expect(host.status.state).toBe('starting')
    expect(current().sent).toEqual([])
    await current().load()
    expect(current().loads).toEqual([
      { type: 'load', id: 0, model, plan: { kind: 'measure', choice } },
    ])
    expect(wishesSeen).toMatchObject([{ benched: [], only: [], preferred: undefined }])
    expect(await host.ready()).toMatchObject({ state: 'ready', executionProvider: 'cpu' })
    expect(statuses.at(-1)).toEqual(host.status)
  })

  it('remembers what was measured, and works by it in a process that has not measured', async () => {
    const { host, tunings, processes, current } = setUpHost()
    await current().load(true)
    expect(tunings.entry).toEqual(tuning)
    expect(processes).toHaveLength(2)
    expect(processes[0]?.killed).toBe(true)
    expect(host.status.state).toBe('starting')
    await current().load()
    expect(current().loads[0]?.plan).toEqual({ kind: 'remembered', tuning })
    expect(host.status.state).toBe('ready')
    await current().die()
    await current().load()
    expect(current().loads[0]?.plan).toEqual({ kind: 'remembered', tuning })
  })

  it('does not start anew for ever when what was measured does not load', async () => {
    const { host, processes, current } = setUpHost()
    await current().load(true)
    current().events.onMessage({ type: 'hello', runtime: 'fake' })
    await settled()
    current().events.onMessage({ type: 'failed', id: 0, reason: 'The driver changed.' })
    await settled()
    expect(current().loads.map(({ plan }) => plan.kind)).toEqual(['remembered', 'measure'])
    current().events.onMessage({ type: 'loaded', id: 0, tuning, measured: true })
    await settled()
    expect(processes).toHaveLength(2)
    expect(host.status.state).toBe('ready')
  })

  it('forgets a remembered choice that does not load, and measures anew', async () => {
    const { host, tunings, current } = setUpHost()
    tunings.entry = tuning
    current().events.onMessage({ type: 'hello', runtime: 'fake' })
    await settled()
    current().events.onMessage({ type: 'failed', id: 0, reason: 'The driver changed.' })
    await settled()
    expect(current().loads.map(({ plan }) => plan.kind)).toEqual(['remembered', 'measure'])
    current().events.onMessage({ type: 'failed', id: 0, reason: 'No provider works.' })
    await expect(host.ready()).rejects.toThrow('No provider works.')
    expect(host.status).toMatchObject({ state: 'failed', reason: 'No provider works.' })
  })

  it('benches a GPU provider that takes the process down while it is tried', async () => {
    const { host, processes, current, wishesSeen } = setUpHost()
    current().events.onMessage({ type: 'hello', runtime: 'fake' })
    await settled()
    current().events.onMessage({ type: 'trying', provider: 'cuda' })
    await current().die(139)
    await current().load()
    expect(processes).toHaveLength(2)
    expect(wishesSeen.at(-1)?.benched).toEqual([
      { provider: 'cuda', ok: false, reason: expect.stringContaining('139') },
    ])
    expect(host.status.state).toBe('ready')
  })

  it('does not load a remembered provider that was benched', async () => {
    const { tunings, current, wishesSeen } = setUpHost()
    tunings.entry = { ...tuning, provider: 'dml' }
    current().events.onMessage({ type: 'hello', runtime: 'fake' })
    await settled()
    current().events.onMessage({ type: 'trying', provider: 'dml' })
    await current().die()
    current().events.onMessage({ type: 'hello', runtime: 'fake' })
    await settled()
    expect(current().loads[0]?.plan.kind).toBe('measure')
    expect(wishesSeen.at(-1)).toMatchObject({ benched: [{ provider: 'dml' }] })
  })
})

describe('EngineHost, working', () => {
  it('holds files back until the model is loaded, then analyses them in order', async () => {
    const { current, analyse } = setUpHost()
    const both = Promise.all([analyse('a'), analyse('b')])
    expect(current().analyses).toEqual([])
    await current().load()
    expect(current().analyses.map(nameOf)).toEqual(['a', 'b'])
    for (const { id } of current().analyses) current().finish(id, `analysis ${id}`)
    expect((await both).map(({ reason }) => reason)).toEqual(['analysis 1', 'analysis 2'])
  })

  it('hands renders out by id, and passes on why one failed', async () => {
    const { host, current } = setUpHost()
    await expect(host.render({ kind: 'file', path: 'a' }, 100)).rejects.toThrow(
      EngineUnavailableError,
    )
    await current().load()
    const good = host.render({ kind: 'file', path: 'a' }, 100)
    const bad = host.render({ kind: 'file', path: 'b' }, 100)
    current().events.onMessage({ type: 'failed', id: 2, reason: 'The image is broken.' })
    current().events.onMessage({ type: 'rendered', id: 1, jpeg: Uint8Array.of(1) })
    expect(await good).toEqual(Uint8Array.of(1))
    await expect(bad).rejects.toThrow('The image is broken.')
    expect(host.status.state).toBe('ready')
  })
})

describe('EngineHost, after a death', () => {
  it('sends again, in order, what no decoder had taken', async () => {
    const { processes, current, analyse, statuses } = setUpHost()
    await current().load()
    const all = ['a', 'b', 'c'].map((name) => analyse(name))
    await current().die()
    expect(statuses.at(-1)?.state).toBe('restarting')
    await current().load()
    expect(processes).toHaveLength(2)
    expect(current().analyses.map(nameOf)).toEqual(['a', 'b', 'c'])
    for (const { id } of current().analyses) current().finish(id)
    expect((await Promise.all(all)).map(({ status }) => status)).toEqual(['ok', 'ok', 'ok'])
  })

  it('quarantines the file that was in hand alone at two deaths; the others complete', async () => {
    const { processes, current, analyse } = setUpHost()
    await current().load()
    const names = ['good 1', 'deadly', 'good 2', 'queued']
    const all = Promise.all(names.map((name) => analyse(name)))
    for (const name of ['good 1', 'deadly', 'good 2']) current().start(idOf(current(), name))
    await current().die()

    // All three are suspects now: each runs alone.
    await current().load()
    expect(current().analyses.map(nameOf)).toEqual(['good 1'])
    current().start(idOf(current(), 'good 1'))
    current().finish(idOf(current(), 'good 1'))
    expect(current().analyses.map(nameOf)).toEqual(['good 1', 'deadly'])
    current().start(idOf(current(), 'deadly'))
    await current().die()

    await current().load()
    expect(current().analyses.map(nameOf)).toEqual(['good 2'])
    current().start(idOf(current(), 'good 2'))
    current().finish(idOf(current(), 'good 2'))
    expect(current().analyses.map(nameOf)).toEqual(['good 2', 'queued'])
    current().finish(idOf(current(), 'queued'))

    expect((await all).map(({ status }) => status)).toEqual(['ok', 'crashed', 'ok', 'ok'])
    expect(processes).toHaveLength(3)
  })

  it('fails renders that were under way', async () => {
    const { host, current } = setUpHost()
    await current().load()
    const render = host.render({ kind: 'file', path: 'a' }, 100)
    await Promise.all([expect(render).rejects.toThrow('The engine stopped.'), current().die()])
  })

  it('ignores what a dead process still says', async () => {
    const { processes, current, analyse } = setUpHost()
    await current().load()
    const open = analyse('a')
    await current().die()
    processes[0]?.finish(1, 'too late')
    processes[0]?.events.onExit(0)
    expect(processes).toHaveLength(2)
    await current().load()
    current().finish(1, 'in time')
    expect((await open).reason).toBe('in time')
  })

  it('gives up after six deaths in a row without a result, and rejects all that is open', async () => {
    const { host, processes, current, analyse } = setUpHost()
    const open = [analyse('a'), analyse('b')].map((analysis) =>
      expect(analysis).rejects.toThrow(EngineUnavailableError),
    )
    for (let death = 0; death < 6; death++) await current().die(1)
    expect(processes).toHaveLength(6)
    await Promise.all(open)
    await expect(host.ready()).rejects.toThrow(EngineUnavailableError)
    expect(host.status).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('6 times'),
    })
    await expect(analyse('later')).rejects.toThrow(EngineUnavailableError)
  })

  it('ends the process of a failed engine, and starts no other', async () => {
    const { host, processes, current } = setUpHost()
    current().events.onMessage({ type: 'hello', runtime: 'fake' })
    await settled()
    current().events.onMessage({ type: 'failed', id: 0, reason: 'No provider works.' })
    await settled()
    expect(current().killed).toBe(true)
    await current().die()
    expect(processes).toHaveLength(1)
    expect(host.status).toMatchObject({ state: 'failed', reason: 'No provider works.' })
  })

  it('starts counting again after a result', async () => {
    const { host, current, analyse } = setUpHost()
    for (let round = 0; round < 8; round++) {
      await current().load()
      const work = analyse(`${round}`)
      current().finish(round + 1)
      await work
      await current().die()
    }
    expect(host.status.state).toBe('restarting')
  })

  it('stays down and rejects what is open once it is disposed', async () => {
    const { host, processes, current, analyse } = setUpHost()
    await current().load()
    const open = analyse('a')
    host.dispose()
    await expect(open).rejects.toThrow(EngineUnavailableError)
    expect(current().killed).toBe(true)
    expect(processes).toHaveLength(1)
  })
})

describe('EngineHost, when a GPU provider dies at work', () => {
  /** Starts and dies with the only file in hand. */
  async function dieAtWork(
    { current }: ReturnType<typeof setUpHost>,
    provider: string,
    name: string,
  ): Promise<void> {
    await current().load(false, provider)
    current().start(idOf(current(), name))
    await current().die(139)
  }

  it('gives it a second chance, then goes on without it and says so', async () => {
    const host = setUpHost()
    const { current, analyse, statuses, tunings } = host
    tunings.entry = { ...tuning, provider: 'webgpu' }
    const photo = analyse('photo')
    await dieAtWork(host, 'webgpu', 'photo')
    expect(statuses.at(-1)).toMatchObject({
      state: 'restarting',
      reason: expect.stringContaining('stopped'),
    })
    await dieAtWork(host, 'webgpu', 'photo')
    const reason = 'webgpu is not used: It stopped the engine 2 times while it worked'
    expect(statuses.at(-1)?.reason).toContain(reason)

    await current().load(true, 'cpu')
    expect(host.processes.at(-2)?.loads[0]?.plan.kind).toBe('measure')
    expect(host.wishesSeen.at(-1)?.benched).toMatchObject([{ provider: 'webgpu', ok: false }])
    await current().load(false, 'cpu')
    current().start(idOf(current(), 'photo'))
    current().finish(idOf(current(), 'photo'))
    expect((await photo).status).toBe('ok')
    expect(host.host.status).toMatchObject({ state: 'ready', executionProvider: 'cpu' })
    expect(host.host.status.reason).toContain(reason)
    // Until the person asks for it, another start of the program does not try the GPU either.
    expect(tunings.entry?.provider).toBe('cpu')
  })

  it('blames the file after all when it takes the next provider down as well', async () => {
    const host = setUpHost()
    const { current, analyse } = host
    const deadly = analyse('deadly')
    await dieAtWork(host, 'cuda', 'deadly')
    await dieAtWork(host, 'cuda', 'deadly')
    await dieAtWork(host, 'cpu', 'deadly')
    expect((await deadly).status).toBe('crashed')
    await current().load(false, 'cuda')
    expect(host.wishesSeen.at(-1)?.benched).toEqual([])
    expect(host.host.status).toMatchObject({ executionProvider: 'cuda', reason: '' })
  })

  it('sets the file aside at once where no other provider may be used', async () => {
    const host = setUpHost(['cuda'])
    const deadly = host.analyse('deadly')
    await dieAtWork(host, 'cuda', 'deadly')
    await dieAtWork(host, 'cuda', 'deadly')
    expect((await deadly).status).toBe('crashed')
  })
})

describe('EngineHost, choosing a provider', () => {
  it('goes on by what the engine switched to, says why, and starts there the next time', async () => {
    const { host, current, tunings } = setUpHost()
    tunings.entry = { ...tuning, provider: 'webgpu', substitutes: ['cpu'], batchSize: 32 }
    await current().load(false, 'webgpu')
    current().events.onMessage({
      type: 'switched',
      from: 'webgpu',
      to: 'cpu',
      reason: 'Device lost.',
      batchSize: 8,
    })
    await settled()
    expect(host.status).toMatchObject({ executionProvider: 'cpu', batchSize: 8 })
    expect(host.status.reason).toBe('webgpu is not used: It failed while it worked: Device lost.')
    const why = 'It took over from webgpu.'
    expect(tunings.entry).toMatchObject({ provider: 'cpu', why, batchSize: 8 })
  })

  it('says when the memory of a device holds less than a batch', async () => {
    const { host, current } = setUpHost()
    await current().load()
    current().events.onMessage({ type: 'smaller-batch', batchSize: 4 })
    await settled()
    expect(host.status).toMatchObject({ batchSize: 4, reason: expect.stringContaining('4 photos') })
  })

  it('tries all again when asked, with work under way done by the next process', async () => {
    const { host, current, tunings, analyse, processes, wishesSeen } = setUpHost()
    tunings.entry = { ...tuning, provider: 'webgpu' }
    await current().load(false, 'webgpu')
    const photo = analyse('photo')
    current().start(idOf(current(), 'photo'))
    const lost = { from: 'webgpu', to: 'cpu', reason: 'Lost.', batchSize: 8 }
    current().events.onMessage({ type: 'switched', ...lost })
    await host.tryProvidersAgain()
    expect(tunings.entry).toBeUndefined()
    expect(processes).toHaveLength(2)
    await current().load()
    expect(wishesSeen).toMatchObject([{ benched: [] }])
    current().finish(idOf(current(), 'photo'))
    expect((await photo).status).toBe('ok')
    expect(host.status.reason).toBe('')
  })

  it('asks for the provider that the person chose', async () => {
    const { host, current, preferred, wishesSeen } = setUpHost()
    await current().load()
    preferred.provider = 'webgpu'
    host.preferenceChanged()
    await current().load()
    expect(wishesSeen.map((wishes) => wishes.preferred)).toEqual([undefined, 'webgpu'])
  })

  it('tries again without a provider that worked in its trial but does not load', async () => {
    const { host, current, wishesSeen } = setUpHost()
    current().events.onMessage({ type: 'hello', runtime: 'fake' })
    await settled()
    current().events.onMessage({ type: 'trying', provider: 'dml' })
    current().events.onMessage({ type: 'failed', id: 0, reason: 'No memory.' })
    await settled()
    expect(wishesSeen.at(-1)?.benched).toMatchObject([{ provider: 'dml', reason: 'No memory.' }])
    expect(host.status.state).toBe('starting')
  })
})
