// What the window and the commands may ask of a network: opens photos in it, keeps track of which
// are open, and joins answers with labels and the library.
import { randomUUID } from 'node:crypto'
import type { PhotoRow } from '../../preload/contract/domain.ts'
import type {
  Attribution,
  AttributionMethod,
  ExplainedLabel,
  InspectedPhoto,
  InspectorModel,
  InspectorProgress,
  InspectorSlot,
  KernelReading,
  LayerActivations,
  PenultimateVector,
  PointReading,
  UnitPatch,
} from '../../preload/contract/inspector.ts'
import type { Fork } from '../engine/child-process.ts'
import type { FloatTensor } from '../engine/graph-session.ts'
import { topClasses } from '../engine/postprocess.ts'
import type { ImageSource, Raster } from '../engine/protocol.ts'
import type { LabelSet } from '../models/labels.ts'
import { taxonomyPath } from '../models/taxonomy.ts'
import { CallClient } from './call-client.ts'
import { CallError, type FromCallee, type ToCallee } from './calls.ts'
import { callNetwork } from './network-calls.ts'
import type { LookAnswer, NetworkFacts, NetworkSpec } from './protocol.ts'
import { sharedUnits } from './shared-units.ts'

export interface InspectorOptions {
  readonly fork: Fork<ToCallee, FromCallee>
  readonly spec: NetworkSpec
  readonly modelName: string
  readonly labels: LabelSet
  readonly onProgress: (progress: InspectorProgress) => void
}

/** A picture to look at. */
export interface Subject {
  readonly name: string
  readonly source: ImageSource
  /** Of the open library, when it is from there. */
  readonly photoId: number | null
}

/** The photos of the library that are most like a vector. */
export type FindNeighbours = (
  vector: Float32Array,
  k: number,
) => Promise<readonly { photo: PhotoRow; similarity: number; embedding: Float32Array }[]>

interface OpenLook {
  readonly subject: Subject
  readonly answer: LookAnswer
  /** Ends everything that is under way for it. */
  readonly abort: AbortController
  /** Generation of the process that holds its activations. */
  readonly generation: number
  attribution: AbortController | undefined
}

const shownLabels = 5
const shownConfusions = 5
const shownNeighbours = 12
const photoSidePx = 1600
/** A network that nobody looks into any more gives its memory back. */
const idleLimitMs = 5 * 60_000

export class Inspector {
  private readonly viewer: CallClient
  private readonly worker: CallClient
  private readonly slots = new Map<InspectorSlot, string>()
  private readonly looks = new Map<string, OpenLook>()
  private readonly opening = new Map<InspectorSlot, AbortController>()
  private known: Promise<InspectorModel> | undefined

  constructor(private readonly options: InspectorOptions) {
    this.viewer = new CallClient(options.fork, idleLimitMs)
    this.worker = new CallClient(options.fork, idleLimitMs)
  }

  /** Long work on the network, apart from what must answer at once. */
  get background(): CallClient {
    return this.worker
  }

  /** @throws CallError as all methods do */
  model(): Promise<InspectorModel> {
    this.known ??= this.readModel()
    this.known.catch(() => {
      this.known = undefined
    })
    return this.known
  }

  /** Runs a photo through the network; what the slot showed before is let go. */
  async open(slot: InspectorSlot, subject: Subject): Promise<InspectedPhoto> {
    this.close(slot)
    const { spec } = this.options
    const session = randomUUID()
    const abort = new AbortController()
    this.opening.set(slot, abort)
    const { signal } = abort
    const generation = this.viewer.ensureChild()
    const answer = await callNetwork(
      this.viewer,
      'look',
      { spec, session, source: subject.source },
      { signal },
    )
    this.opening.delete(slot)
    this.looks.set(session, { subject, answer, abort, generation, attribution: undefined })
    this.slots.set(slot, session)
    const { facts, crop, decodeMs, inferMs } = answer
    return {
      session,
      slot,
      name: subject.name,
      photoId: subject.photoId,
      modelId: spec.id,
      widthPx: facts.widthPx,
      heightPx: facts.heightPx,
      crop,
      labels: await this.explain(answer, signal),
      decodeMs,
      inferMs,
    }
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
    this.drop(session)
  }

  /** The photo upright as a JPEG of at most 1600 px a side. */
  async photo(session: string): Promise<Uint8Array> {
    const { subject } = this.look(session)
    return this.ask(session, 'render', { source: subject.source, maxSidePx: photoSidePx })
  }

  /** To a PNG file. */
  encode(raster: Raster): Promise<Uint8Array> {
    return callNetwork(this.viewer, 'encode', raster)
  }

  /** What the network sees of the photo, sRGB [inputSizePx, inputSizePx, 3]. */
  pixels(session: string): Uint8Array {
    return this.look(session).answer.pixels
  }

  subject(session: string): Subject {
    return this.look(session).subject
  }

  async layer(
    session: string,
    layer: string,
  ): Promise<{ activations: LayerActivations; bytes: Uint8Array }> {
    const { activations, bytes } = await this.ask(session, 'layer', { session, layer })
    return { activations: { session, ...activations }, bytes }
  }

  point(input: {
    session: string
    layer: string
    channel: number
    x: number
    y: number
  }): Promise<PointReading> {
    return this.ask(input.session, 'point', input)
  }

  kernelPoint(input: {
    session: string
    kernel: number
    x: number
    y: number
  }): Promise<KernelReading> {
    return this.ask(input.session, 'kernelPoint', input)
  }

  tensor(session: string, layer: string, channel?: number): Promise<FloatTensor> {
    return this.ask(session, 'tensor', { session, layer, channel })
  }

  async attribution(
    session: string,
    method: AttributionMethod,
    classIndex: number,
    layer?: string,
  ): Promise<Attribution> {
    const look = this.look(session)
    look.attribution?.abort()
    const abort = new AbortController()
    look.attribution = abort
    const signal = AbortSignal.any([abort.signal, look.abort.signal])
    const answer = await callNetwork(
      this.worker,
      'attribution',
      { spec: this.options.spec, pixels: look.answer.pixels, method, classIndex, layer },
      {
        signal,
        onProgress: (progress) => this.options.onProgress({ session, task: method, ...progress }),
      },
    )
    return { method, classIndex, ...answer }
  }

  async vector(session: string, find: FindNeighbours | undefined): Promise<PenultimateVector> {
    const { subject } = this.look(session)
    const { penultimateLayer } = await this.facts()
    const { data, dims } = await this.tensor(session, penultimateLayer)
    const [channels = data.length] = dims
    const values = channelMeans(data, channels)
    const unit = unitVector(values)
    const found = (await find?.(unit, shownNeighbours + 1)) ?? []
    return {
      layer: penultimateLayer,
      values,
      neighbours: found
        .filter(({ photo }) => photo.id !== subject.photoId)
        .slice(0, shownNeighbours)
        .map(({ photo, similarity, embedding }) => ({
          photo,
          similarity,
          sharedUnits: sharedUnits(unit, embedding),
        })),
    }
  }

  /** Where on a photo a unit responds most. */
  async unitPatch(
    subject: Subject,
    layer: string,
    channel: number,
  ): Promise<Omit<UnitPatch, 'photoId'>> {
    const { spec } = this.options
    const { source } = subject
    const { crop, window, activation } = await callNetwork(this.worker, 'peak', {
      spec,
      source,
      layer,
      channel,
    })
    const scale = crop.sidePx / spec.inputSizePx
    return {
      activation,
      leftPx: crop.leftPx + window.leftPx * scale,
      topPx: crop.topPx + window.topPx * scale,
      widthPx: window.widthPx * scale,
      heightPx: window.heightPx * scale,
    }
  }

  dispose(): void {
    for (const { abort } of this.looks.values()) abort.abort()
    this.viewer.dispose()
    this.worker.dispose()
  }

  private async readModel(): Promise<InspectorModel> {
    const { spec, modelName, labels } = this.options
    const [facts, times] = await Promise.all([
      this.facts(),
      // Times are an extra: without them the network can be looked into all the same.
      callNetwork(this.worker, 'profile', spec).catch(() => ({}) as Record<string, number>),
    ])
    return {
      id: spec.id,
      name: modelName,
      inputSizePx: spec.inputSizePx,
      ...facts,
      layers: facts.layers.map((layer) => ({ ...layer, ms: times[layer.name] ?? null })),
      classNames: Array.from({ length: facts.classCount }, (_, i) => labels.label(i, 0).name),
    }
  }

  private facts(): Promise<NetworkFacts> {
    return callNetwork(this.viewer, 'facts', this.options.spec)
  }

  private async explain(
    { logits, probabilities }: LookAnswer,
    signal: AbortSignal,
  ): Promise<ExplainedLabel[]> {
    const { spec, labels } = this.options
    const { classIndices } = topClasses(probabilities, shownLabels)
    const nameOf = (index: number): string => labels.label(index, 0).name
    return Promise.all(
      Array.from(classIndices, async (classIndex) => {
        const input = { spec, classIndex, count: shownConfusions }
        const alike = await callNetwork(this.viewer, 'confusions', input, { signal })
        const label = labels.label(classIndex, probabilities[classIndex] ?? 0)
        return {
          ...label,
          logit: logits[classIndex] ?? 0,
          path: [...taxonomyPath(label.wnid), label.name],
          confusions: alike.map(({ index, similarity }) => ({
            index,
            name: nameOf(index),
            similarity,
            probability: probabilities[index] ?? 0,
          })),
        }
      }),
    )
  }

  /** A call about an open photo, which ends when the photo is closed. */
  private async ask<Name extends 'render' | 'layer' | 'point' | 'kernelPoint' | 'tensor'>(
    session: string,
    name: Name,
    input: Parameters<typeof callNetwork<Name>>[2],
  ): ReturnType<typeof callNetwork<Name>> {
    const look = this.look(session)
    await this.revive(session, look)
    return callNetwork(this.viewer, name, input, { signal: look.abort.signal })
  }

  /** The process that held the activations is gone: the photo is run again in a new one. */
  private async revive(session: string, look: OpenLook): Promise<void> {
    const generation = this.viewer.ensureChild()
    if (look.generation === generation) return
    const { spec } = this.options
    const { subject } = look
    const answer = await callNetwork(this.viewer, 'look', { spec, session, source: subject.source })
    if (this.looks.has(session)) {
      this.looks.set(session, { ...look, answer, generation })
    }
  }

  private look(session: string): OpenLook {
    const look = this.looks.get(session)
    if (look === undefined) throw new CallError('not-found', 'This photo is no longer open.')
    return look
  }

  private drop(session: string): void {
    // It ends with its process at the latest.
    callNetwork(this.viewer, 'drop', { session }).catch(() => {})
  }
}

function channelMeans(values: Float32Array, channels: number): Float32Array {
  const area = values.length / channels
  return Float32Array.from({ length: channels }, (_, channel) => {
    const map = values.subarray(channel * area, (channel + 1) * area)
    return map.reduce((sum, value) => sum + value, 0) / area
  })
}

function unitVector(values: Float32Array): Float32Array {
  const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1
  return values.map((value) => value / norm)
}
