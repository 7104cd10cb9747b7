// Answers the calls of main in a process that looks into networks.
import { labelEffects } from '../activation-atlas/labels/label-effects.ts'
import { drawSheets } from '../activation-atlas/pictures/patch-sheets.ts'
import { samplePhotos } from '../activation-atlas/sampling/sample-photos.ts'
import type { DecodePool } from '../engine/decode-pool.ts'
import { attribute } from './attribution/attribute.ts'
import type { CallContext } from './call-server.ts'
import { CallError } from './calls.ts'
import { type ClassWeights, classWeights, confusions } from './class-weights.ts'
import { decodePicture, pngOf, renderPicture } from './decode-picture.ts'
import { directionDream } from './dream/direction-dream.ts'
import { type DreamView, dream } from './dream/dream.ts'
import { Look } from './look.ts'
import { Network } from './network.ts'
import { peakOf } from './peak.ts'
import { profileLayers } from './profile.ts'
import type { InspectCalls, NetworkSpec } from './protocol.ts'

type Handlers = {
  readonly [Name in keyof InspectCalls]: (
    input: InspectCalls[Name]['input'],
    context: CallContext,
  ) => Promise<InspectCalls[Name]['answer']>
}

/** @param pool decodes pictures; owned by the caller */
export function inspectHandlers(pool: DecodePool): Handlers {
  let loaded: { readonly path: string; readonly network: Promise<Network> } | undefined
  let weights: { readonly network: Network; readonly found: ClassWeights | undefined } | undefined
  const looks = new Map<string, Look>()

  /** One network stays loaded; asking for another replaces it. */
  const networkOf = (spec: NetworkSpec): Promise<Network> => {
    if (loaded?.path !== spec.onnxPath) {
      const old = loaded
      loaded = { path: spec.onnxPath, network: Network.load(spec) }
      loaded.network.catch(() => {
        loaded = undefined
      })
      void old?.network.then((network) => network.dispose()).catch(() => {})
    }
    return loaded.network
  }
  const lookOf = (session: string): Look => {
    const look = looks.get(session)
    if (look === undefined) throw new CallError('not-found', 'This photo is no longer open.')
    return look
  }

  return {
    facts: async (spec) => {
      const network = await networkOf(spec)
      // The first look then has nothing to wait for.
      await network.tapSession
      return network.facts
    },
    profile: async (spec) => profileLayers(await networkOf(spec)),
    look: async ({ spec, session, source }, { signal }) => {
      const [network, picture] = await Promise.all([
        networkOf(spec),
        decodePicture(pool, source, spec.inputSizePx),
      ])
      const look = await Look.at(network, picture.pixels)
      // Kept now, it would be kept for ever: nobody knows of it.
      signal.throwIfAborted()
      looks.set(session, look)
      const { logits, probabilities, inferMs } = look
      return { ...picture, logits, probabilities, inferMs }
    },
    drop: async ({ session }) => void looks.delete(session),
    render: ({ source, maxSidePx }) => renderPicture(pool, source, maxSidePx),
    encode: (raster) => pngOf(pool, raster),
    layer: ({ session, layer }) => lookOf(session).layer(layer),
    point: ({ session, layer, channel, x, y }) => lookOf(session).point(layer, channel, x, y),
    kernelPoint: ({ session, kernel, x, y }) => lookOf(session).kernelPoint(kernel, x, y),
    tensor: ({ session, layer, channel }) => lookOf(session).tensor(layer, channel),
    confusions: async ({ spec, classIndex, count }) => {
      const network = await networkOf(spec)
      if (weights?.network !== network) {
        const { model, end, listed } = network
        weights = { network, found: classWeights(model, end, listed.classCount ?? 0) }
      }
      return weights.found === undefined ? [] : confusions(weights.found, classIndex, count)
    },
    peak: async ({ spec, source, layer, channel }) => {
      const [network, picture] = await Promise.all([
        networkOf(spec),
        decodePicture(pool, source, spec.inputSizePx),
      ])
      const { facts, crop } = picture
      return { facts, crop, ...(await peakOf(network, picture.pixels, layer, channel)) }
    },
    attribution: async (request, { signal, progress }) =>
      attribute(await networkOf(request.spec), request, signal, progress),
    dream: async (request, { signal, progress }) => {
      const picture = async ({ step, activation, raster }: DreamView) => ({
        step,
        activation,
        png: await pngOf(pool, raster),
      })
      const network = await networkOf(request.spec)
      // A picture on the way that cannot be encoded is only one missed look.
      const show = (view: DreamView) => void picture(view).then(progress, () => {})
      return picture(await dream(network, request, signal, show))
    },
    directionDream: async (request, { signal, progress }) => {
      const network = await networkOf(request.spec)
      const { step, activation, raster } = await directionDream(network, request, signal, progress)
      return { step, activation, png: await pngOf(pool, raster) }
    },
    samplePhotos: async (request, { signal, progress }) =>
      samplePhotos(await networkOf(request.spec), pool, request, signal, progress),
    labelEffects: async (request, { signal, progress }) =>
      (await labelEffects(await networkOf(request.spec), request, signal, progress)) ?? null,
    drawSheets: async (request, { signal, progress }) => {
      await drawSheets(pool, request, signal, progress)
      return undefined
    },
  }
}
