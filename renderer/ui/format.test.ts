import { describe, expect, it } from 'vitest'
import {
  formatAgo,
  formatBytes,
  formatCounted,
  formatDimensions,
  formatDuration,
  formatMs,
  formatRate,
  formatShare,
  formatTaken,
} from './format.ts'

describe('format', () => {
  it('counts with the right plural', () => {
    expect(formatCounted(1, 'photo')).toBe('1 photo')
    expect(formatCounted(12_480, 'photo')).toBe('12,480 photos')
  })

  it('gives bytes three digits at most', () => {
    expect(formatBytes(0)).toBe('0 bytes')
    expect(formatBytes(812_400)).toBe('812 KB')
    expect(formatBytes(999_900)).toBe('1.0 MB')
    expect(formatBytes(24_260_000)).toBe('24.3 MB')
    expect(formatBytes(3.2e12)).toBe('3.2 TB')
  })

  it('never rounds a share to nothing or to certainty', () => {
    expect(formatShare(0)).toBe('0%')
    expect(formatShare(0.004)).toBe('<1%')
    expect(formatShare(0.834)).toBe('83%')
    expect(formatShare(0.9991)).toBe('>99%')
    expect(formatShare(1)).toBe('100%')
  })

  it('shows short and long durations', () => {
    expect(formatMs(4.72)).toBe('4.7 ms')
    expect(formatMs(91.4)).toBe('91 ms')
    expect(formatMs(1420)).toBe('1.4 s')
    expect(formatDuration(0.2)).toBe('1 s')
    expect(formatDuration(200)).toBe('3 min')
    expect(formatDuration(7800)).toBe('2 h 10 min')
    expect(formatDuration(7200)).toBe('2 h')
  })

  it('shows rates', () => {
    expect(formatRate(8.24)).toBe('8.2 photos/s')
    expect(formatRate(1234)).toBe('1,234 photos/s')
  })

  it('shows dimensions with megapixels, and nothing while unknown', () => {
    expect(formatDimensions(6000, 4000)).toBe('6000 × 4000 · 24 MP')
    expect(formatDimensions(500, 375)).toBe('500 × 375 · 0.2 MP')
    expect(formatDimensions(0, 0)).toBe('')
  })

  it('shows when a photo was taken, and odd dates as they are', () => {
    expect(formatTaken('2021-07-04T18:30:05')).toMatch(/Jul 4, 2021/)
    expect(formatTaken('0000:00:00')).toBe('0000:00:00')
  })

  it('tells how long ago in calendar days', () => {
    const now = new Date(2026, 4, 20, 9, 0).getTime()
    expect(formatAgo(new Date(2026, 4, 20, 1, 0).getTime(), now)).toBe('today')
    expect(formatAgo(new Date(2026, 4, 19, 23, 0).getTime(), now)).toBe('yesterday')
    expect(formatAgo(new Date(2026, 4, 1).getTime(), now)).toBe('3 weeks ago')
    expect(formatAgo(new Date(2024, 4, 1).getTime(), now)).toBe('2 years ago')
  })
})
