// How counts, sizes, durations, shares and dates read.

const locale = 'en'
const wholeNumber = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
const dayAndTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })

export const formatCount = (count: number): string => wholeNumber.format(count)

/** "1 photo", "12,480 photos". */
export const formatCounted = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`

const byteUnits = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const

/** Decimal units, as file managers show them: "812 KB", "24.3 MB". */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < byteUnits.length - 1) {
    value /= 1000
    unit += 1
  }
  const digits = unit >= 2 && value < 99.95 ? 1 : 0
  return `${value.toFixed(digits)} ${byteUnits[unit]}`
}

/** Whole percents; never 0% or 100% for something in between. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.01) return '<1%'
  if (share < 1 && share >= 0.995) return '>99%'
  return `${Math.round(share * 100)}%`
}

/** "8 ms", "1.4 s". */
export const formatMs = (durationMs: number): string =>
  durationMs < 999.5
    ? `${durationMs < 9.95 ? durationMs.toFixed(1) : Math.round(durationMs)} ms`
    : `${(durationMs / 1000).toFixed(1)} s`

/** Coarse, for time left: "12 s", "4 min", "2 h 10 min". */
export function formatDuration(seconds: number): string {
  if (seconds < 59.5) return `${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const rest = minutes % 60
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`
}

/** "34 photos/s"; one digit below ten. */
export const formatRate = (perSecond: number): string =>
  `${perSecond < 9.95 ? perSecond.toFixed(1) : formatCount(perSecond)} photos/s`

export const formatDate = (atMs: number): string => dayAndTime.format(atMs)

/** A wall time without a zone, as cameras write it; the text itself when it is no date. */
export function formatTaken(takenAt: string): string {
  const atMs = Date.parse(takenAt)
  const isDate = /^\d{4}-\d{2}-\d{2}/.test(takenAt) && !Number.isNaN(atMs)
  return isDate ? dayAndTime.format(atMs) : takenAt
}

const wallDay = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })

/** The day of a wall time that is told as if it were UTC: "24 Nov 2026". */
export const formatWallDay = (wallMs: number): string => wallDay.format(wallMs)

/** "today", "yesterday", "3 weeks ago". */
export function formatAgo(atMs: number, nowMs: number): string {
  const days = Math.round((startOfDay(nowMs) - startOfDay(atMs)) / 86_400_000)
  if (days < 7) return relative.format(-days, 'day')
  if (days < 31) return relative.format(-Math.round(days / 7), 'week')
  if (days < 365) return relative.format(-Math.round(days / 30.4), 'month')
  return relative.format(-Math.round(days / 365), 'year')
}

const startOfDay = (atMs: number): number => new Date(atMs).setHours(0, 0, 0, 0)

/** "6000 × 4000 · 24 MP"; empty while unknown. */
export function formatDimensions(widthPx: number, heightPx: number): string {
  if (widthPx === 0 || heightPx === 0) return ''
  const megapixels = (widthPx * heightPx) / 1e6
  const rounded = megapixels < 9.95 ? megapixels.toFixed(1) : String(Math.round(megapixels))
  return `${widthPx} × ${heightPx} · ${rounded} MP`
}
