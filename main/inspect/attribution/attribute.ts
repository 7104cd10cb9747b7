// Why a label: how much each place of the picture speaks for a class, by the method asked for.
import { assertNever } from '../../../preload/contract/errors.ts'
import { CallError } from '../calls.ts'
import type { Network } from '../network.ts'
import type { AttributionAnswer, AttributionRequest, StepProgress } from '../protocol.ts'
import { gradCam } from './grad-cam.ts'
import { occlusion } from './occlusion.ts'
import { smoothGrad } from './smooth-grad.ts'

export interface AttributionMap {
  readonly heightPx: number
  readonly widthPx: number
  readonly values: Float32Array
}

/** @throws CallError `bad-request` for a class that the network does not have, the signal's reason */
export async function attribute(
  network: Network,
  { method, pixels, classIndex, layer }: AttributionRequest,
  signal: AbortSignal,
  progress: (progress: StepProgress) => void,
): Promise<AttributionAnswer> {
  const start = performance.now()
  if (classIndex >= (network.listed.classCount ?? 0)) {
    throw new CallError('bad-request', `${network.spec.id} has no class ${classIndex}.`)
  }
  const used = method === 'grad-cam' ? (layer ?? network.listed.lastConvolutional ?? '') : null
  const map = await run()
  return { ...map, layer: used, ms: performance.now() - start }

  function run(): Promise<AttributionMap> {
    switch (method) {
      case 'grad-cam':
        return gradCam(network, pixels, classIndex, used ?? '')
      case 'occlusion':
        return occlusion(network, pixels, classIndex, signal, progress)
      case 'smooth-grad':
        return smoothGrad(network, pixels, classIndex, signal, progress)
      default:
        return assertNever(method)
    }
  }
}
