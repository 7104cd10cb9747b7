// One layer of the column: its shape drawn and told, what it holds and what it costs.
import { memo } from 'react'
import type { LayerInfo } from '../../../../preload/contract/inspector.ts'
import { formatMs } from '../../../ui/format.ts'
import { blockShape } from './block-shape.ts'
import { layerKindWords, parameterWords, shapeWords } from './layer-words.ts'

interface LayerBlockProps {
  readonly layer: LayerInfo
  readonly layers: readonly LayerInfo[]
  readonly at: number
  readonly chosen: boolean
  readonly onChoose: (name: string) => void
}

export const layerElementId = (at: number): string => `layer-${at}`

const widthPx = 52
const heightPx = 26

export const LayerBlock = memo(
  function LayerBlock({ layer, layers, at, chosen, onChoose }: LayerBlockProps) {
    const shape = blockShape(layer, layers)
    const parameters =
      layer.parameterCount === 0 ? '' : `${parameterWords(layer.parameterCount)} parameters`
    const time = layer.ms === null ? '' : formatMs(layer.ms)
    const about = [layerKindWords[layer.kind], shapeWords(layer), parameters, time]
    return (
      // biome-ignore lint/a11y/useFocusableInteractive: the list keeps the focus and points here
      // biome-ignore lint/a11y/useKeyWithClickEvents: the list listens for keys
      <div
        id={layerElementId(at)}
        className="layer-block"
        role="option"
        aria-selected={chosen}
        aria-label={[layer.name, ...about].filter((part) => part !== '').join(', ')}
        title={layerKindWords[layer.kind]}
        data-at={at}
        onClick={() => onChoose(layer.name)}
      >
        <svg width={widthPx} height={heightPx} aria-hidden="true">
          <rect
            x={(widthPx * (1 - shape.width)) / 2}
            y={(heightPx * (1 - shape.height)) / 2}
            width={widthPx * shape.width}
            height={heightPx * shape.height}
            rx="1.5"
          />
        </svg>
        <strong className="one-line">{layer.name}</strong>
        <span className="one-line">{shapeWords(layer)}</span>
        <small>{layer.parameterCount === 0 ? '' : parameterWords(layer.parameterCount)}</small>
        <small>{time}</small>
      </div>
    )
  },
  (before, after) =>
    before.layer === after.layer &&
    before.chosen === after.chosen &&
    before.onChoose === after.onChoose,
)
