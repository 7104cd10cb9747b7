// A list of rows of one height that renders only the rows in sight.
import './virtual-list.css'
import { type ReactNode, useState } from 'react'
import { useElementSize } from './use-element-size.ts'

interface VirtualListProps<Item> {
  readonly name: string
  readonly items: readonly Item[]
  readonly rowHeightPx: number
  readonly keyOf: (item: Item) => number | string
  readonly children: (item: Item) => ReactNode
}

const overscanRows = 8

export function VirtualList<Item>(props: VirtualListProps<Item>) {
  const { name, items, rowHeightPx, keyOf, children } = props
  const [ref, { heightPx }] = useElementSize()
  const [firstRow, setFirstRow] = useState(0)
  const from = Math.max(0, Math.min(firstRow, items.length - 1) - overscanRows)
  const end = firstRow + Math.ceil(heightPx / rowHeightPx) + overscanRows
  return (
    <div
      ref={ref}
      className="virtual-list"
      onScroll={(event) => setFirstRow(Math.floor(event.currentTarget.scrollTop / rowHeightPx))}
    >
      <ul aria-label={name} style={{ height: items.length * rowHeightPx }}>
        {items.slice(from, end).map((item, at) => (
          <li
            key={keyOf(item)}
            aria-setsize={items.length}
            aria-posinset={from + at + 1}
            style={{ height: rowHeightPx, transform: `translateY(${(from + at) * rowHeightPx}px)` }}
          >
            {children(item)}
          </li>
        ))}
      </ul>
    </div>
  )
}
