// What a cell argues for, beside it.
import type { AtlasCell } from '../../../preload/contract/activation-atlas.ts'
import { formatCounted } from '../../ui/format.ts'
import type { ElementSize } from '../../ui/use-element-size.ts'

interface CellCardProps {
  readonly cell: AtlasCell
  /** The middle of the cell's right edge. */
  readonly at: readonly [xPx: number, yPx: number]
  readonly cellPx: number
  readonly roomPx: ElementSize
}

const cardPx = { width: 190, height: 92, gap: 8 } as const

export function CellCard({ cell, at: [xPx, yPx], cellPx, roomPx }: CellCardProps) {
  const { width, height, gap } = cardPx
  const fits = xPx + gap + width < roomPx.widthPx
  const left = fits ? xPx + gap : xPx - cellPx - gap - width
  const top = Math.max(gap, Math.min(roomPx.heightPx - height - gap, yPx - height / 2))
  return (
    <div className="cell-card" style={{ left, top, width }} aria-hidden="true">
      {cell.labels.map((label, i) => (
        <span key={label} className={`one-line ${i === 0 ? 'first' : ''}`}>
          {label}
        </span>
      ))}
      <small>
        {formatCounted(cell.samples, 'activation')} of {formatCounted(cell.photos, 'photo')}
      </small>
    </div>
  )
}
