// What photos are compared with: two trays of photos, those to be like and those to be unlike.

export interface Trays {
  readonly more: readonly number[]
  readonly less: readonly number[]
}

export type TrayName = keyof Trays

/** More of them say no more about what is meant, and a request takes no more. */
export const mostInTray = 1000

export const noTrays: Trays = { more: [], less: [] }

/** A photo lies in one tray only. */
export function putInTray(trays: Trays, tray: TrayName, ids: Iterable<number>): Trays {
  const added = new Set(ids)
  const other = tray === 'more' ? 'less' : 'more'
  const kept = trays[tray].filter((id) => !added.has(id))
  return {
    ...trays,
    [tray]: [...kept, ...added].slice(-mostInTray),
    [other]: trays[other].filter((id) => !added.has(id)),
  }
}

export const takeFromTrays = (trays: Trays, id: number): Trays => ({
  more: trays.more.filter((other) => other !== id),
  less: trays.less.filter((other) => other !== id),
})

export const sameTrays = (a: Trays | null, b: Trays | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.more.length === b.more.length &&
    a.less.length === b.less.length &&
    a.more.every((id, at) => id === b.more[at]) &&
    a.less.every((id, at) => id === b.less[at]))

/** A spread of at most `most` of them, so that a large selection is asked about fairly. */
export function sampleOf(ids: Iterable<number>, most = mostInTray): readonly number[] {
  const all = [...ids]
  if (all.length <= most) return all
  return Array.from({ length: most }, (_, at) => all[Math.floor((at * all.length) / most)] ?? 0)
}
