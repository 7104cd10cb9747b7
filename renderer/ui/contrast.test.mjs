import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'

const tokens = await readFile(new URL('./tokens.css', import.meta.url), 'utf8')

/** WCAG 2.2 relative luminance of `#rrggbb`. */
function luminance(hex) {
  const channel = (at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

function contrast(a, b) {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

function colour(name, theme) {
  const value = new RegExp(`--${name}: ([^;]+);`).exec(tokens)?.[1] ?? ''
  const shades = value.match(/#[0-9a-f]{6}/g) ?? []
  return (theme === 'light' ? shades[0] : shades.at(-1)) ?? ''
}

const grounds = ['well', 'surface', 'raised', 'hover']
const inks = ['text', 'text-soft', 'text-faint', 'accent-text', 'danger']

describe.each(['light', 'dark'])('the %s theme', (theme) => {
  it.each(inks)('keeps %s readable on every ground (AA, 4.5:1)', (ink) => {
    for (const ground of grounds) {
      expect(contrast(colour(ink, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('keeps rings and control edges visible on every ground (AA, 3:1)', () => {
    for (const ground of ['well', 'surface', 'raised']) {
      for (const line of ['accent-line', 'line-strong']) {
        expect(contrast(colour(line, theme), colour(ground, theme))).toBeGreaterThanOrEqual(3)
      }
    }
  })

  it('keeps text on the accent readable', () => {
    expect(contrast(colour('accent-ink', theme), colour('accent', theme))).toBeGreaterThan(7)
  })
})
