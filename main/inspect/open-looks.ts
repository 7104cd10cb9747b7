// The photos that are open in a network: one a slot, each held by the viewing process.
import { randomUUID } from 'node:crypto'
import type { InspectorSlot } from '../../preload/contract/inspector.ts'
import type { ImageSource } from '../engine/protocol.ts'
import type { CallClient } from './call-client.ts'
import { CallError } from './calls.ts'
import { callNetwork } from './network-calls.ts'
import type { LookAnswer, NetworkSpec } from './protocol.ts'

/** A picture to look at. */
export interface Subject {
  readonly name: string
  readonly source: ImageSource
  /** Of the open library, when it is from there. */
  readonly photoId: number | null
}

export interface OpenLook {
  readonly session: string
  readonly subject: Subject
  readonly answer: LookAnswer
  /** Ends everything that is under way for it. */
  readonly signal: AbortSignal
}

interface Entry extends OpenLook {
  readonly abort: AbortController
  /** Number of the process that holds its activations. */
  readonly child: number
}

/** Calls about an open photo. */
type LookCall = 'render' | 'layer' | 'point' | 'kernelPoint' | 'tensor'

export class OpenLooks {
  private readonly slots = new Map<InspectorSlot, string>()
  private readonly looks = new Map<string, Entry>()
  private readonly opening = new Map<InspectorSlot, AbortController>()

  constructor(
    private readonly viewer: CallClient,
    private readonly spec: NetworkSpec,
  ) {}

  /** Runs a photo through the network; what the slot showed before is let go. */
  async open(slot: InspectorSlot, subject: Subject): Promise<OpenLook> {
    this.close(slot)
    const session = randomUUID()
    const abort = new AbortController()
    const { signal } = abort
    this.opening.set(slot, abort)
    const child = this.viewer.ensureChild()
    const answer = await this.run(session, subject, signal)
    this.opening.delete(slot)
    const look = { session, subject, answer, signal, abort, child }
    this.looks.set(session, look)
    this.slots.set(slot, session)
    return look
  }

  /** Ends the slot's work; a photo that is still being opened fails with `cancelled`. */
  close(slot: InspectorSlot): void {
    this.opening.get(slot)?.abort()
    this.opening.delete(slot)
    const session = this.slots.get(slot)
    if (session === undefined) return
    this.slots.delete(slot)
    this.looks.get(session)?.abort.abort()
    this.looks.delete(session)
    // What is not dropped ends with its process at the latest.
    callNetwork(this.viewer, 'drop', { session }).catch(() => {})
  }

  closeAll(): void {
    for (const slot of [...this.slots.keys(), ...this.opening.keys()]) this.close(slot)
  }

  has(session: string): boolean {
    return this.looks.has(session)
  }

  /** @throws CallError `not-found` when it is not open any more */
  get(session: string): OpenLook {
    return this.entry(session)
  }

  /** A call about an open photo, which ends when the photo is closed. */
  async ask<Name extends LookCall>(
    session: string,
    name: Name,
    input: Parameters<typeof callNetwork<Name>>[2],
  ): ReturnType<typeof callNetwork<Name>> {
    const entry = this.entry(session)
    await this.revive(entry)
    return callNetwork(this.viewer, name, input, { signal: entry.signal })
  }

  /** The process that held the activations is gone: the photo is run again in a new one. */
  private async revive(entry: Entry): Promise<void> {
    const child = this.viewer.ensureChild()
    if (entry.child === child) return
    const { session, subject, signal } = entry
    const answer = await this.run(session, subject, signal)
    if (this.looks.has(session)) this.looks.set(session, { ...entry, answer, child })
  }

  private run(session: string, { source }: Subject, signal: AbortSignal): Promise<LookAnswer> {
    return callNetwork(this.viewer, 'look', { spec: this.spec, session, source }, { signal })
  }

  private entry(session: string): Entry {
    const entry = this.looks.get(session)
    if (entry === undefined) throw new CallError('not-found', 'This photo is no longer open.')
    return entry
  }
}
