// A list of rows of one height that is walked by key: one tab stop, only the rows in sight exist.
import './virtual-listbox.css'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useElementSize } from './use-element-size.ts'

interface VirtualListboxProps {
  readonly name: string
  readonly count: number
  readonly rowHeightPx: number
  /** The row that the keyboard is on; -1 for none. */
  readonly active: number
  readonly isSelected: (index: number) => boolean
  readonly onActive: (index: number) => void
  /** Enter or a double-click. */
  readonly onOpen: (index: number) => void
  /** Space, or a click. */
  readonly onChoose: (index: number, event: { readonly add: boolean }) => void
  /** The rows in sight changed. */
  readonly onSight?: (from: number, end: number) => void
  readonly children: (index: number) => ReactNode
}

const overscanRows = 6

/** Where a key leads, or null when it is none of the list's. */
export function indexAfterKey(
  key: string,
  at: number,
  count: number,
  rowsInSight: number,
): number | null {
  const page = Math.max(1, rowsInSight - 1)
  const wanted = {
    ArrowDown: at + 1,
    ArrowUp: Math.max(0, at) - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: count - 1,
  }[key]
  if (wanted === undefined || count === 0) return null
  return Math.min(count - 1, Math.max(0, wanted))
}

export function VirtualListbox(props: VirtualListboxProps) {
  const { name, count, rowHeightPx, active, isSelected, children, onSight } = props
  const listId = useId()
  const [measure, { heightPx }] = useElementSize()
  const scroller = useRef<HTMLElement | null>(null)
  const [firstRow, setFirstRow] = useState(0)
  const rowsInSight = Math.max(1, Math.floor(heightPx / rowHeightPx))
  const from = Math.max(0, Math.min(firstRow, count - 1) - overscanRows)
  const end = Math.min(count, firstRow + rowsInSight + 1 + overscanRows)
  useEffect(() => onSight?.(from, end), [onSight, from, end])

  const bringIntoSight = (index: number): void => {
    const element = scroller.current
    if (element === null) return
    const top = index * rowHeightPx
    if (top < element.scrollTop) element.scrollTop = top
    else if (top + rowHeightPx > element.scrollTop + heightPx)
      element.scrollTop = top + rowHeightPx - heightPx
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey) return
    const next = indexAfterKey(event.key, active, count, rowsInSight)
    if (next !== null) {
      props.onActive(next)
      bringIntoSight(next)
    } else if (event.key === 'Enter' && active >= 0) props.onOpen(active)
    else if (event.key === ' ' && active >= 0) props.onChoose(active, { add: true })
    else return
    event.preventDefault()
  }

  const indices: number[] = []
  for (let index = from; index < end; index++) indices.push(index)
  if (active >= 0 && active < count && (active < from || active >= end)) indices.push(active)
  return (
    <div
      ref={(element) => {
        scroller.current = element
        return measure(element)
      }}
      className="virtual-listbox"
      role="listbox"
      aria-label={name}
      aria-multiselectable="true"
      aria-activedescendant={active >= 0 && active < count ? `${listId}-${active}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={(event) => setFirstRow(Math.floor(event.currentTarget.scrollTop / rowHeightPx))}
    >
      <div role="presentation" style={{ height: count * rowHeightPx }}>
        {indices.map((index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the list keeps the focus and points here
          // biome-ignore lint/a11y/useKeyWithClickEvents: the list listens for keys
          <div
            key={index}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={isSelected(index)}
            aria-setsize={count}
            aria-posinset={index + 1}
            data-active={index === active || undefined}
            style={{ height: rowHeightPx, transform: `translateY(${index * rowHeightPx}px)` }}
            onClick={(event) =>
              props.onChoose(index, { add: event.ctrlKey || event.metaKey || event.shiftKey })
            }
            onDoubleClick={() => props.onOpen(index)}
          >
            {children(index)}
          </div>
        ))}
      </div>
    </div>
  )
}
