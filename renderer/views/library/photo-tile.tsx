// One photo in the grid: its colour, then its thumbnail, its labels and what is wrong with it.
import './photo-tile.css'
import { Check, FileX, TriangleAlert } from 'lucide-react'
import { memo, useState } from 'react'
import type { PhotoRow } from '../../../preload/contract/domain.ts'
import { formatSimilarity } from '../../state/describing.ts'
import { formatShare } from '../../ui/format.ts'
import { thumbUrl } from '../../ui/image-urls.ts'
import { isProblem, statusWords } from '../../ui/status-words.ts'
import { useLatent } from '../../use-latent.ts'
import { TruthChip } from '../truth/truth-chip.tsx'
import { tileName } from './tile-name.ts'

interface PhotoTileProps {
  readonly id: number
  readonly index: number
  readonly column: number
  readonly leftPx: number
  readonly topPx: number
  readonly widthPx: number
  readonly heightPx: number
  readonly selected: boolean
  readonly focused: boolean
  readonly flying: boolean
}

export const tileElementId = (photoId: number): string => `photo-${photoId}`

export const PhotoTile = memo(function PhotoTile(props: PhotoTileProps) {
  const { id, index, column, leftPx, topPx, widthPx, heightPx, selected, focused } = props
  const { flying } = props
  const row = useLatent((state) => state.rows.get(id)?.row)
  const minProbability = useLatent((state) =>
    Math.max(state.settings.minProbability, state.filter.minProbability),
  )
  const similarity = useLatent((state) => state.list?.similarities?.[index])
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot hold a justified, virtualised layout
    // biome-ignore lint/a11y/useFocusableInteractive: the grid keeps the focus and points here by aria-activedescendant
    <div
      id={tileElementId(id)}
      className="tile"
      role="gridcell"
      aria-colindex={column + 1}
      aria-selected={selected}
      aria-label={row ? tileName(row, minProbability) : 'Loading'}
      title={row?.name}
      data-index={index}
      data-status={row?.status}
      data-focused={focused || undefined}
      style={{
        width: widthPx,
        height: heightPx,
        transform: `translate(${leftPx}px, ${topPx}px)`,
        backgroundColor: row?.hasThumbnail ? row.dominantColour : undefined,
      }}
    >
      {similarity !== undefined && (
        <span className="tile-similarity" title="Similarity to the description">
          {formatSimilarity(similarity)}
        </span>
      )}
      {row && <TileContent row={row} minProbability={minProbability} flying={flying} />}
      <span className="tile-check" data-check="">
        <Check size={13} strokeWidth={3} aria-hidden="true" />
      </span>
    </div>
  )
})

interface TileContentProps {
  readonly row: PhotoRow
  readonly minProbability: number
  readonly flying: boolean
}

function TileContent({ row, minProbability, flying }: TileContentProps) {
  const labels = row.labels.filter((label) => label.probability >= minProbability)
  const problem = isProblem(row.status)
  return (
    <>
      {row.hasThumbnail && <Thumbnail row={row} held={flying} />}
      {problem && !row.hasThumbnail && (
        <span className="tile-file">
          <FileX size={20} strokeWidth={1.4} aria-hidden="true" />
          <span className="one-line">{row.name}</span>
        </span>
      )}
      {problem && (
        <span className="tile-problem">
          <TriangleAlert size={12} aria-hidden="true" />
          <span className="one-line word">{statusWords[row.status]}</span>
        </span>
      )}
      {(labels.length > 0 || row.truth !== null) && (
        <span className="tile-chips" data-testid="tile-labels">
          {row.truth !== null && <TruthChip truth={row.truth} />}
          {labels.map((label) => (
            <span key={label.index} className="one-line">
              {label.name}
              <b>{formatShare(label.probability)}</b>
            </span>
          ))}
        </span>
      )}
    </>
  )
}

interface ThumbnailProps {
  readonly row: PhotoRow
  /** Do not start loading now; a picture that is there stays. */
  readonly held: boolean
}

function Thumbnail({ row, held }: ThumbnailProps) {
  const libraryId = useLatent((state) => state.library?.id ?? '')
  const [wanted, setWanted] = useState(!held)
  if (!held && !wanted) setWanted(true)
  if (!wanted) return null
  return <img src={thumbUrl(libraryId, row)} alt="" decoding="async" draggable={false} />
}
