// A menu at the pointer, or at what has the focus when a key opened it.
import './context-menu.css'
import type { LucideIcon } from 'lucide-react'
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react'
import { Button } from './button.tsx'
import { menuIndexAfterKey } from './menu-keys.ts'

export interface MenuItem {
  readonly icon: LucideIcon
  readonly text: string
  /** The key that does the same without the menu. */
  readonly keyHint?: string
  readonly onChoose: () => void
}

export interface MenuPlace {
  readonly xPx: number
  readonly yPx: number
}

interface ContextMenuProps {
  readonly name: string
  readonly place: MenuPlace
  readonly items: readonly MenuItem[]
  readonly onClose: () => void
}

/** Between the menu and the window's edges. */
const edgePx = 8

/** Shown for as long as it is mounted; the focus goes back to where it was. */
export function ContextMenu({ name, place, items, onClose }: ContextMenuProps) {
  const menu = useRef<HTMLDivElement>(null)
  const { xPx, yPx } = place

  useLayoutEffect(() => {
    const before = document.activeElement
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])

  useLayoutEffect(() => {
    const element = menu.current
    if (element === null) return
    if (!element.matches(':popover-open')) element.showPopover()
    const { width, height } = element.getBoundingClientRect()
    const left = Math.max(edgePx, Math.min(xPx, window.innerWidth - width - edgePx))
    const top = Math.max(edgePx, Math.min(yPx, window.innerHeight - height - edgePx))
    element.style.left = `${left}px`
    element.style.top = `${top}px`
    element.querySelector('button')?.focus()
  }, [xPx, yPx])

  useEffect(() => {
    const listeners = new AbortController()
    const { signal } = listeners
    const onPointerDown = ({ target }: PointerEvent): void => {
      if (!(target instanceof Node && menu.current?.contains(target))) onClose()
    }
    window.addEventListener('pointerdown', onPointerDown, { signal, capture: true })
    window.addEventListener('blur', onClose, { signal })
    window.addEventListener('resize', onClose, { signal })
    window.addEventListener('wheel', onClose, { signal, passive: true })
    return () => listeners.abort()
  }, [onClose])

  const onKeyDown = (event: KeyboardEvent): void => {
    // What lies below has keys of its own.
    event.stopPropagation()
    if (event.key === 'Escape') onClose()
    const buttons = [...(menu.current?.querySelectorAll('button') ?? [])]
    const at = buttons.findIndex((button) => button.matches(':focus'))
    const next = menuIndexAfterKey(event.key, at, buttons.length)
    if (next === null) return
    event.preventDefault()
    buttons[next]?.focus()
  }

  return (
    <div
      ref={menu}
      className="context-menu"
      // One that dismisses itself would take the release of the button that opened it for a click.
      popover="manual"
      role="menu"
      aria-label={name}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onClick={(event) => event.stopPropagation()}
      onContextMenu={(event) => event.preventDefault()}
    >
      {items.map(({ icon, text, keyHint, onChoose }) => (
        <Button
          key={text}
          icon={icon}
          role="menuitem"
          tabIndex={-1}
          onClick={() => {
            onClose()
            onChoose()
          }}
        >
          {text}
          {keyHint !== undefined && <kbd>{keyHint}</kbd>}
        </Button>
      ))}
    </div>
  )
}
