// One layer of the column: its shape drawn and told, what it holds and what it costs.
import { ChevronRight } from 'lucide-react'
import { memo } from 'react'
import type { LayerInfo } from '../../../../preload/contract/inspector.ts'
import { blockShape } from './block-shape.ts'
import { type LayerRow, shortName } from './layer-rows.ts'
import { layerKindWords, parameterWords, shapeWords, timeWords } from './layer-words.ts'

interface LayerBlockProps {
  readonly row: LayerRow
  /** All layers, for the scale of the drawing. */
  readonly layers: readonly LayerInfo[]
  readonly at: number
  readonly chosen: boolean
  readonly unfolded: boolean
  readonly onChoose: (name: string) => void
  readonly onFold: (name: string, open: boolean) => void
}

export const layerElementId = (at: number): string => `layer-${at}`

const widthPx = 40
const heightPx = 26

export const LayerBlock = memo(function LayerBlock(props: LayerBlockProps) {
  const { row, layers, at, chosen, unfolded, onChoose, onFold } = props
  const { layer, level } = row
  const shape = blockShape(layer, layers)
  const parameters =
    layer.parameterCount === 0 ? '' : `${parameterWords(layer.parameterCount)} parameters`
  const time = timeWords(layer.ms)
  const about = [layerKindWords[layer.kind], shapeWords(layer), parameters, time]
  const foldable = layer.inner.length > 0
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree keeps the focus and points here
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree listens for keys
    <div
      id={layerElementId(at)}
      className="layer-block"
      role="treeitem"
      aria-level={level}
      aria-selected={chosen}
      aria-expanded={foldable ? unfolded : undefined}
      aria-label={[layer.name, ...about].filter((part) => part !== '').join(', ')}
      title={`${layerKindWords[layer.kind]} ${layer.name}`}
      data-at={at}
      data-inner={level > 1 || undefined}
      onClick={() => onChoose(layer.name)}
    >
      {foldable && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={unfolded ? 'Fold' : 'Show what is inside'}
          title={unfolded ? 'Fold (←)' : 'Show what is inside (→)'}
          onClick={(event) => {
            event.stopPropagation()
            onFold(layer.name, !unfolded)
          }}
        >
          <ChevronRight size={13} aria-hidden="true" />
        </button>
      )}
      <svg width={widthPx} height={heightPx} aria-hidden="true">
        <rect
          x={(widthPx * (1 - shape.width)) / 2}
          y={(heightPx * (1 - shape.height)) / 2}
          width={widthPx * shape.width}
          height={heightPx * shape.height}
          rx="1.5"
        />
      </svg>
      <strong className="one-line ends-shown">
        <bdi>{shortName(row)}</bdi>
      </strong>
      <span className="one-line">{shapeWords(layer)}</span>
      <small>{layer.parameterCount === 0 ? '' : parameterWords(layer.parameterCount)}</small>
      <small>{time}</small>
    </div>
  )
})
