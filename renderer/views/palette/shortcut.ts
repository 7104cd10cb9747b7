// Shortcuts as the commands write them: "Mod+K", "Shift+ArrowLeft", "F", "+".

/** What of a keyboard event matters. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

interface Parts {
  readonly mod: boolean
  readonly shift: boolean
  readonly key: string
}

function partsOf(shortcut: string): Parts {
  const names = shortcut === '+' ? ['+'] : shortcut.split('+')
  return {
    mod: names.includes('Mod'),
    shift: names.includes('Shift'),
    key: names.at(-1) ?? '',
  }
}

/** `Mod` is Ctrl, or Cmd on a Mac. Shift counts for letters and named keys, not for signs. */
export function matchesShortcut(shortcut: string, press: KeyPress): boolean {
  const { mod, shift, key } = partsOf(shortcut)
  if (press.altKey || (press.ctrlKey || press.metaKey) !== mod) return false
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase()
  if (!isSign && press.shiftKey !== shift) return false
  return press.key.toLowerCase() === key.toLowerCase()
}

const signs: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  '-': '−',
}

/** As it reads to a person: "Ctrl+K", "⌘K". */
export function shortcutText(shortcut: string, mac: boolean): string {
  const { mod, shift, key } = partsOf(shortcut)
  const name = signs[key] ?? key
  return mac
    ? `${shift ? '⇧' : ''}${mod ? '⌘' : ''}${name}`
    : [mod ? 'Ctrl' : '', shift ? 'Shift' : '', name].filter((part) => part !== '').join('+')
}
