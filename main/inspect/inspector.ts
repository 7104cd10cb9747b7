// What the window and the commands may ask of a network; joins its answers with labels and library.
import type {
  Attribution,
  AttributionMethod,
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
import type { Raster } from '../engine/protocol.ts'
import type { LabelSet } from '../models/labels.ts'
import { CallClient } from './call-client.ts'
import type { FromCallee, ToCallee } from './calls.ts'
import { explainLabels } from './explain-labels.ts'
import { callNetwork } from './network-calls.ts'
import { OpenLooks, type Subject } from './open-looks.ts'
import { type FindSimilar, penultimateVector } from './penultimate.ts'
import type { InspectCalls, NetworkFacts, NetworkSpec } from './protocol.ts'

export interface InspectorOptions {
  readonly fork: Fork<ToCallee, FromCallee>
  readonly spec: NetworkSpec
  readonly modelName: string
  readonly labels: LabelSet
  readonly onProgress: (progress: InspectorProgress) => void
}

const shownConfusions = 5
const photoSidePx = 1600
/** A network that nobody looks into any more gives its memory back. */
const idleLimitMs = 5 * 60_000

/** Every method that asks a process throws CallError for an expected failure. */
export class Inspector {
  /** Long work on the network, apart from what must answer at once. */
  readonly background: CallClient
  private readonly viewer: CallClient
  private readonly looks: OpenLooks
  private readonly attributions = new Map<string, AbortController>()
  private known: Promise<InspectorModel> | undefined

  constructor(private readonly options: InspectorOptions) {
    this.viewer = new CallClient(options.fork, idleLimitMs)
    this.background = new CallClient(options.fork, idleLimitMs)
    this.looks = new OpenLooks(this.viewer, options.spec)
  }

  get spec(): NetworkSpec {
    return this.options.spec
  }

  /** Whether the photo is open in this network. */
  has(session: string): boolean {
    return this.looks.has(session)
  }

  model(): Promise<InspectorModel> {
    this.known ??= this.readModel()
    this.known.catch(() => {
      this.known = undefined
    })
    return this.known
  }

  /** Runs a photo through the network; what the slot showed before is let go. */
  async open(slot: InspectorSlot, subject: Subject): Promise<InspectedPhoto> {
    const { spec, labels } = this.options
    const { session, answer, signal } = await this.looks.open(slot, subject)
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
      labels: await explainLabels(answer, labels, (classIndex) => {
        const input = { spec, classIndex, count: shownConfusions }
        return callNetwork(this.viewer, 'confusions', input, { signal })
      }),
      decodeMs,
      inferMs,
    }
  }

  /** Ends the slot's work; a photo that is still being opened fails with `cancelled`. */
  close(slot: InspectorSlot): void {
    this.looks.close(slot)
  }

  subject(session: string): Subject {
    return this.looks.get(session).subject
  }

  /** What the network sees of the photo, sRGB [inputSizePx, inputSizePx, 3]. */
  pixels(session: string): Uint8Array {
    return this.looks.get(session).answer.pixels
  }

  /** The photo upright as a JPEG of at most 1600 px a side. */
  async photo(session: string): Promise<Uint8Array> {
    const { source } = this.subject(session)
    return this.looks.ask(session, 'render', { source, maxSidePx: photoSidePx })
  }

  async layer(
    session: string,
    layer: string,
  ): Promise<{ activations: LayerActivations; bytes: Uint8Array }> {
    const { activations, bytes } = await this.looks.ask(session, 'layer', { session, layer })
    return { activations: { session, ...activations }, bytes }
  }

  point(input: InspectCalls['point']['input']): Promise<PointReading> {
    return this.looks.ask(input.session, 'point', input)
  }

  kernelPoint(input: InspectCalls['kernelPoint']['input']): Promise<KernelReading> {
    return this.looks.ask(input.session, 'kernelPoint', input)
  }

  tensor(session: string, layer: string, channel?: number): Promise<FloatTensor> {
    return this.looks.ask(session, 'tensor', { session, layer, channel })
  }

  /** One at a time a photo: a new one ends the one before. */
  async attribution(
    session: string,
    method: AttributionMethod,
    classIndex: number,
    layer?: string,
  ): Promise<Attribution> {
    const { spec, onProgress } = this.options
    const { answer, signal } = this.looks.get(session)
    this.attributions.get(session)?.abort()
    const abort = new AbortController()
    this.attributions.set(session, abort)
    try {
      const map = await callNetwork(
        this.background,
        'attribution',
        { spec, pixels: answer.pixels, method, classIndex, layer },
        {
          signal: AbortSignal.any([abort.signal, signal]),
          onProgress: (progress) => onProgress({ session, task: method, ...progress }),
        },
      )
      return { method, classIndex, ...map }
    } finally {
      if (this.attributions.get(session) === abort) this.attributions.delete(session)
    }
  }

  endAttribution(session: string): void {
    this.attributions.get(session)?.abort()
  }

  /** @param find undefined when no library is open */
  async vector(session: string, find: FindSimilar | undefined): Promise<PenultimateVector> {
    const { photoId } = this.subject(session)
    const { penultimateLayer } = await this.facts()
    const tensor = await this.tensor(session, penultimateLayer)
    return penultimateVector(penultimateLayer, tensor, photoId, find)
  }

  /** Where on a photo a unit responds most. */
  async unitPatch(
    { source }: Subject,
    layer: string,
    channel: number,
  ): Promise<Omit<UnitPatch, 'photoId'>> {
    const { spec } = this.options
    const request = { spec, source, layer, channel }
    const { crop, window, activation } = await callNetwork(this.background, 'peak', request)
    const scale = crop.sidePx / spec.inputSizePx
    return {
      activation,
      leftPx: crop.leftPx + window.leftPx * scale,
      topPx: crop.topPx + window.topPx * scale,
      widthPx: window.widthPx * scale,
      heightPx: window.heightPx * scale,
    }
  }

  /** To a PNG file. */
  encode(raster: Raster): Promise<Uint8Array> {
    return callNetwork(this.viewer, 'encode', raster)
  }

  dispose(): void {
    this.looks.closeAll()
    this.viewer.dispose()
    this.background.dispose()
  }

  private async readModel(): Promise<InspectorModel> {
    const { spec, modelName, labels } = this.options
    const [facts, times] = await Promise.all([
      this.facts(),
      // Times are an extra: without them the network can be looked into all the same.
      callNetwork(this.background, 'profile', spec).catch(() => ({}) as Record<string, number>),
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
}
