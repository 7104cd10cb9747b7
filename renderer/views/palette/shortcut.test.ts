import { describe, expect, it } from 'vitest'
import { type KeyPress, matchesShortcut, shortcutText } from './shortcut.ts'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
})

describe('a shortcut', () => {
  it('takes Ctrl or Cmd for Mod, and neither when it has none', () => {
    expect(matchesShortcut('Mod+K', press('k', { ctrlKey: true }))).toBe(true)
    expect(matchesShortcut('Mod+K', press('k', { metaKey: true }))).toBe(true)
    expect(matchesShortcut('Mod+K', press('k'))).toBe(false)
    expect(matchesShortcut('F', press('f', { ctrlKey: true }))).toBe(false)
  })

  it('tells a letter with shift from one without', () => {
    expect(matchesShortcut('I', press('i'))).toBe(true)
    expect(matchesShortcut('I', press('I', { shiftKey: true }))).toBe(false)
    expect(matchesShortcut('Shift+I', press('I', { shiftKey: true }))).toBe(true)
    expect(matchesShortcut('ArrowLeft', press('ArrowLeft', { shiftKey: true }))).toBe(false)
  })

  it('does not ask how a sign is typed', () => {
    expect(matchesShortcut('+', press('+', { shiftKey: true }))).toBe(true)
    expect(matchesShortcut('+', press('+'))).toBe(true)
    expect(matchesShortcut('/', press('/', { shiftKey: true }))).toBe(true)
  })

  it('leaves Alt to the menu and to other layouts', () => {
    expect(matchesShortcut('F', press('f', { altKey: true }))).toBe(false)
  })

  it('reads as each system writes it', () => {
    expect(shortcutText('Mod+K', false)).toBe('Ctrl+K')
    expect(shortcutText('Mod+K', true)).toBe('⌘K')
    expect(shortcutText('Shift+ArrowLeft', false)).toBe('Shift+←')
    expect(shortcutText('+', false)).toBe('+')
  })
})
