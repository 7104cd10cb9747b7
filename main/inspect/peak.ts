// Where on a picture a unit responds most.
import { CallError } from './calls.ts'
import type { Network } from './network.ts'
import type { PeakAnswer } from './protocol.ts'
import { windowAt } from './receptive-window.ts'

/**
 * @param pixels sRGB uint8 [side, side, 3]
 * @throws CallError when the layer or channel does not exist
 */
export async function peakOf(
  network: Network,
  pixels: Uint8Array,
  layer: string,
  channel: number,
): Promise<Pick<PeakAnswer, 'activation' | 'window'>> {
  const tapped = network.layer(layer)
  const { info, value } = tapped
  if (channel >= info.channels) throw new CallError('not-found', `${layer} has no unit ${channel}.`)
  const side = network.spec.inputSizePx
  const session = await network.partSession(value)
  const outputs = await session.run({ pixels: { data: pixels, dims: [1, side, side, 3] } })
  const area = info.heightPx * info.widthPx
  const map = outputs[value]?.data.subarray(channel * area, (channel + 1) * area) ?? []
  let best = 0
  map.forEach((activation, i) => {
    if (activation > (map[best] ?? 0)) best = i
  })
  const whole = { leftPx: 0, topPx: 0, widthPx: side, heightPx: side }
  const x = best % info.widthPx
  const y = Math.floor(best / info.widthPx)
  return { activation: map[best] ?? 0, window: windowAt(tapped, side, x, y) ?? whole }
}
