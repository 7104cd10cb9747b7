// One cell of an atlas: what it argues for, what it dreams of, and the photos that it is from.
import './cell-panel.css'
import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ActivationAtlas, AtlasCellPlace } from '../../../preload/contract/activation-atlas.ts'
import { IconButton } from '../../ui/button.tsx'
import { formatCounted } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'
import { valueWords } from '../inspector/network/layer-words.ts'
import { CellDreamPicture } from './cell-dream-picture.tsx'
import { CellPatch } from './cell-patch.tsx'

interface CellPanelProps {
  readonly atlas: ActivationAtlas
  readonly cell: AtlasCellPlace
}

export function CellPanel({ atlas, cell }: CellPanelProps) {
  const detail = useLatent((state) => state.atlasCellDetail)
  const pick = useLatent((state) => state.pickAtlasCell)
  const heading = useRef<HTMLHeadingElement>(null)
  const found = atlas.levels
    .find(({ side }) => side === cell.side)
    ?.cells.find(({ column, row }) => column === cell.column && row === cell.row)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another cell begins at its top
  useEffect(() => {
    heading.current?.closest('aside')?.scrollTo({ top: 0 })
  }, [cell])
  if (found === undefined) return null
  const shown = detail?.ok ? detail.value : null
  return (
    <aside className="cell-panel cloud-plate" aria-label="Cell">
      <header>
        <h3 ref={heading} className="one-line" title={found.labels[0]}>
          {found.labels[0] ?? 'Cell'}
        </h3>
        <IconButton icon={X} name="Close the cell" onClick={() => void pick(null)} />
      </header>
      <p className="cell-counts">
        {formatCounted(found.samples, 'activation')} of {formatCounted(found.photos, 'photo')}
      </p>
      <section aria-label="Labels">
        <h4>{atlas.labelsFrom === 'effect' ? 'Argues for' : 'Its photos show'}</h4>
        <ol className="cell-labels">
          {shown?.labels.map(({ name, strength }) => (
            <li key={name}>
              <span className="one-line">{name}</span>
              <span className="value">
                {atlas.labelsFrom === 'effect' ? `+${valueWords(strength)}` : valueWords(strength)}
              </span>
            </li>
          ))}
        </ol>
        {atlas.labelsFrom === 'effect' && (
          <small>
            Of what its photos show: how much its mean activation adds to a score; among many cells,
            beyond what all add.
          </small>
        )}
      </section>
      <section aria-label="Dream">
        <h4>What its direction looks like</h4>
        <CellDreamPicture atlasId={atlas.id} cell={cell} />
      </section>
      <section aria-label="Patches">
        <h4>Patches of your photos</h4>
        {detail?.ok === false && <p role="alert">{detail.error.message}</p>}
        <ul className="cell-patches">
          {shown?.patches.map((patch) => (
            <CellPatch key={patch.photo.id} patch={patch} />
          ))}
        </ul>
      </section>
    </aside>
  )
}
