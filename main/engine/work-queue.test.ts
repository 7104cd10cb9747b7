import { describe, expect, it } from 'vitest'
import type { AnalyseRequest, Analysis, ToEngine } from './protocol.ts'
import { analysisOf, nameOf } from './testing/fake-engine.ts'
import { type AnalyseOptions, WorkQueue } from './work-queue.ts'

/** A queue, and what a process that takes work from it was sent. */
function setUp() {
  const queue = new WorkQueue()
  let sent: ToEngine[] = []
  const add = (name: string, options: Partial<AnalyseOptions> = {}): Promise<Analysis> =>
    queue.add({ kind: 'file', path: name }, { urgent: false, topCount: 5, ...options })
  const open = (): void => {
    sent = []
    queue.open((message) => sent.push(message))
  }
  const analyses = (): readonly AnalyseRequest[] =>
    sent.filter((message) => message.type === 'analyse')
  const names = (): readonly string[] => analyses().map(nameOf)
  const idOf = (name: string): number => analyses()[names().indexOf(name)]?.id ?? -1
  return {
    queue,
    add,
    open,
    analyses,
    names,
    messages: (): readonly ToEngine[] => sent,
    start: (name: string): void => queue.started(idOf(name)),
    finish: (name: string): boolean => queue.analysed(idOf(name), analysisOf(name)),
  }
}

describe('WorkQueue', () => {
  it('has at most 48 files in flight, and sends one more for each that ends', async () => {
    const { add, open, names, finish } = setUp()
    open()
    const all = Array.from({ length: 60 }, (_, i) => add(`${i}`))
    expect(names()).toHaveLength(48)
    finish('0')
    expect(names()).toHaveLength(49)
    for (let i = 1; i < 60; i++) finish(`${i}`)
    expect(await Promise.all(all)).toHaveLength(60)
    expect(names()).toHaveLength(60)
  })

  it('sends an urgent file at once, even when 48 are in flight', () => {
    const { add, open, analyses } = setUp()
    open()
    for (let i = 0; i < 60; i++) void add(`${i}`)
    void add('now', { urgent: true })
    expect(analyses()).toHaveLength(49)
    expect(analyses().at(-1)).toMatchObject({ urgent: true, source: { path: 'now' } })
  })

  it('drops an aborted file: from the queue silently, from the engine by a message', async () => {
    const { add, open, names, messages } = setUp()
    open()
    const flying = new AbortController()
    const waiting = new AbortController()
    const first = add('first', { signal: flying.signal })
    for (let i = 0; i < 47; i++) void add(`${i}`)
    const last = add('last', { signal: waiting.signal })
    waiting.abort(new Error('no longer wanted'))
    await expect(last).rejects.toThrow('no longer wanted')
    expect(messages().some(({ type }) => type === 'forget')).toBe(false)
    flying.abort(new Error('nor this'))
    await expect(first).rejects.toThrow('nor this')
    expect(messages().at(-1)).toEqual({ type: 'forget', ids: [1] })
    expect(names()).not.toContain('last')
  })

  it('refuses a file whose signal was aborted before', async () => {
    const { add, open, names } = setUp()
    open()
    const signal = AbortSignal.abort(new Error('too late'))
    await expect(add('a', { signal })).rejects.toThrow('too late')
    expect(names()).toEqual([])
  })

  it('says whether anybody waited for a result', () => {
    const { queue, add, open, finish } = setUp()
    open()
    void add('a')
    expect(finish('a')).toBe(true)
    expect(queue.analysed(1, analysisOf('a'))).toBe(false)
  })

  it('clears a suspect that completes, whatever was in hand with it', async () => {
    const { queue, add, open, names, start, finish } = setUp()
    open()
    const only = add('unlucky')
    start('unlucky')
    queue.close(false)
    open()
    start('unlucky')
    finish('unlucky')
    expect((await only).status).toBe('ok')
    const next = add('next')
    expect(names()).toEqual(['unlucky', 'next'])
    finish('next')
    expect((await next).status).toBe('ok')
  })

  it('does not run a suspect twice that a death caught before a decoder had taken it', async () => {
    const { queue, add, open, names, start, finish } = setUp()
    open()
    const unlucky = add('unlucky')
    const other = add('other')
    start('unlucky')
    queue.close(false)
    open()
    expect(names()).toEqual(['unlucky'])
    queue.close(false)
    open()
    finish('unlucky')
    finish('other')
    expect((await unlucky).status).toBe('ok')
    expect((await other).status).toBe('ok')
    expect(names()).toEqual(['unlucky', 'other'])
  })

  it('sets nothing aside at a death that something else has to answer for', async () => {
    const { queue, add, open, start } = setUp()
    const photo = add('photo')
    for (const [filesAreSpared, setAside] of [
      [false, false],
      [true, false],
      [false, true],
    ] as const) {
      open()
      start('photo')
      expect(queue.close(filesAreSpared)).toBe(setAside)
    }
    expect((await photo).status).toBe('crashed')
  })

  it('fails whatever waits, flies or is suspected', async () => {
    const { queue, add, open, start } = setUp()
    open()
    const suspect = add('suspect')
    start('suspect')
    queue.close(false)
    const waiting = add('waiting')
    open()
    queue.failAll(new Error('The end.'))
    await expect(suspect).rejects.toThrow('The end.')
    await expect(waiting).rejects.toThrow('The end.')
    expect(queue.isBusy).toBe(false)
  })
})
