// A channel in words.
import type { LayerActivations } from '../../../../preload/contract/inspector.ts'
import { formatShare } from '../../../ui/format.ts'
import { valueWords } from '../network/layer-words.ts'

/** "Channel 17, strongest 3.2, 40% zero". */
export const channelName = (activations: LayerActivations, channel: number): string =>
  [
    `Channel ${channel}`,
    `strongest ${valueWords(activations.maxima[channel] ?? 0)}`,
    `${formatShare(activations.sparsities[channel] ?? 0)} zero`,
  ].join(', ')
