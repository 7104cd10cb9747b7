// A channel in words.
import type { InspectorModel, LayerActivations } from '../../../../preload/contract/inspector.ts'
import { formatShare } from '../../../ui/format.ts'
import { isPlaceless, valueWords } from '../network/layer-words.ts'

/** "Channel 17, strongest 3.2, 40% zero". */
export const channelName = (activations: LayerActivations, channel: number): string =>
  [
    `Channel ${channel}`,
    `strongest ${valueWords(activations.maxima[channel] ?? 0)}`,
    `${formatShare(activations.sparsities[channel] ?? 0)} zero`,
  ].join(', ')

/** Channels of the last layers stand for classes: then the class's name, else nothing. */
export const classOfChannel = (
  model: InspectorModel,
  layer: { readonly channels: number; readonly heightPx: number; readonly widthPx: number },
  channel: number,
): string =>
  isPlaceless(layer) && layer.channels === model.classCount ? (model.classNames[channel] ?? '') : ''
