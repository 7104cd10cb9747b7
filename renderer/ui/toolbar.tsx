// A toolbar that is one stop for the tab key: arrows go from button to button inside it.
import {
  type ComponentProps,
  type FocusEvent,
  type KeyboardEvent,
  useLayoutEffect,
  useRef,
} from 'react'
import { nextStop, type ToolbarDirection } from './toolbar-stops.ts'

interface ToolbarProps extends ComponentProps<'div'> {
  readonly name: string
  readonly direction?: ToolbarDirection
}

/** Those of an open menu inside it have stops of their own. */
const stopsIn = (bar: HTMLElement): HTMLButtonElement[] =>
  [...bar.querySelectorAll('button')].filter((button) => button.closest('[popover]') === null)

/** One button alone can be tabbed to: the wanted one, else the first that can be pressed. */
function keepOneStop(bar: HTMLElement, wanted: Element | null): void {
  const stops = stopsIn(bar)
  const canBe = (stop: HTMLButtonElement): boolean => !stop.disabled
  const one =
    stops.find((stop) => stop === wanted && canBe(stop)) ??
    stops.find((stop) => stop.tabIndex === 0 && canBe(stop)) ??
    stops.find(canBe)
  for (const stop of stops) stop.tabIndex = stop === one ? 0 : -1
}

export function Toolbar({ name, direction = 'horizontal', children, ...rest }: ToolbarProps) {
  const bar = useRef<HTMLDivElement>(null)

  useLayoutEffect(() => {
    const element = bar.current
    if (element === null) return
    const keep = (): void => keepOneStop(element, document.activeElement)
    // At first every button is a stop.
    for (const stop of stopsIn(element)) stop.tabIndex = -1
    keep()
    const changes = new MutationObserver(keep)
    changes.observe(element, { childList: true, subtree: true, attributeFilter: ['disabled'] })
    return () => changes.disconnect()
  }, [])

  const onFocus = ({ target, currentTarget }: FocusEvent<HTMLElement>): void => {
    if (stopsIn(currentTarget).some((stop) => stop === target)) keepOneStop(currentTarget, target)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const stops = stopsIn(event.currentTarget).filter((stop) => !stop.disabled)
    const at = stops.findIndex((stop) => stop === event.target)
    if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return
    const next = nextStop(event.key, at, stops.length, direction)
    if (next === null) return
    event.preventDefault()
    stops[next]?.focus()
  }
  return (
    <div
      {...rest}
      ref={bar}
      role="toolbar"
      aria-label={name}
      aria-orientation={direction}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  )
}
