// Label against label: how many photos one model calls this and the other that.
import type { CSSProperties } from 'react'
import type { AgreementMatrix } from '../../../preload/contract/models.ts'
import { formatCount } from '../../ui/format.ts'

interface AgreementTableProps {
  readonly matrix: AgreementMatrix
  readonly own: string
  readonly other: string
}

export function AgreementTable({ matrix, own, other }: AgreementTableProps) {
  const most = Math.max(1, ...matrix.counts.flat())
  return (
    <table className="agreement-table">
      <caption>
        The commonest labels: {own} down, {other} across
      </caption>
      <thead>
        <tr>
          <td />
          {matrix.columns.map((name) => (
            <th key={name} scope="col" title={name}>
              <span>{name}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {matrix.rows.map((name, row) => (
          <tr key={name}>
            <th scope="row" className="one-line" title={name}>
              {name}
            </th>
            {matrix.columns.map((column, at) => {
              const count = matrix.counts[row]?.[at] ?? 0
              // The custom property is read by the stylesheet.
              const style = { '--share': count / most } as CSSProperties
              return (
                <td key={column} style={style} data-same={column === name || undefined}>
                  {count === 0 ? '' : formatCount(count)}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
