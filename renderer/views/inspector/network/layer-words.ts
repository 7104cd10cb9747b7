// What a layer is called and measures, in words.
import type { LayerInfo, LayerKind } from '../../../../preload/contract/inspector.ts'
import { formatCount, formatMs } from '../../../ui/format.ts'

export const layerKindWords: Readonly<Record<LayerKind, string>> = {
  convolution: 'Convolution',
  depthwise: 'Depthwise convolution',
  dense: 'Dense layer',
  pooling: 'Pooling',
  'global-pooling': 'Global pooling',
  normalisation: 'Normalisation',
  activation: 'Activation',
  merge: 'Merge',
  softmax: 'Probabilities',
  block: 'Block',
  other: 'Layer',
}

type Shape = Pick<LayerInfo, 'channels' | 'heightPx' | 'widthPx'>

export const isPlaceless = ({ heightPx, widthPx }: Omit<Shape, 'channels'>): boolean =>
  heightPx === 1 && widthPx === 1

/** "64 × 147 × 147", or "2048" for a layer without places. */
export const shapeWords = (shape: Shape): string =>
  isPlaceless(shape)
    ? String(shape.channels)
    : `${shape.channels} × ${shape.heightPx} × ${shape.widthPx}`

/** "9,408", "23.8 M", "864 K". */
export function parameterWords(count: number): string {
  if (count < 10_000) return formatCount(count)
  if (count < 999_500) return `${Math.round(count / 1000)} K`
  return `${(count / 1e6).toFixed(count < 9.95e6 ? 2 : 1)} M`
}

/** "12 ms"; what takes next to no time is not told in zeros. */
export const timeWords = (durationMs: number | null): string =>
  durationMs === null ? '' : durationMs < 0.05 ? '<0.1 ms' : formatMs(durationMs)

/** Three digits that matter: "0.0123", "4.56", "128"; a proper minus sign. */
export function valueWords(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  const text =
    size === 0
      ? '0'
      : size >= 100
        ? String(Math.round(size))
        : size < 0.001
          ? size.toExponential(1)
          : size.toPrecision(3)
  return value < 0 ? `−${text}` : text
}
