import { describe, expect, it } from 'vitest'
import { LassoSearch } from './lasso-search.ts'
import { pointArrays } from './point-arrays.ts'
import { projector } from './projector.ts'
import type { SeenView } from './seen-places.ts'

const points = 60_000

function view(): SeenView {
  const arrays = pointArrays(points)
  let state = 1
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 31 - 1
  }
  for (const places of [arrays.from, arrays.to])
    for (let i = 0; i < places.length; i++) places[i] = random()
  for (let slot = 0; slot < points; slot += 7) arrays.paint[slot * 4 + 3] = 1
  const pose = { target: [0, 0, 0], distance: 1.6, yaw: 0.4, pitch: 0.2, aside: [0, 0] } as const
  return { pose, size: { widthPx: 800, heightPx: 600 }, arrays, glide: 0.3 }
}

const ring = (x: number, y: number, radius: number): Float32Array =>
  Float32Array.from({ length: 240 }, (_, at) => {
    const angle = (Math.floor(at / 2) / 120) * 2 * Math.PI
    const wave = radius + 9 * Math.sin(angle * 13)
    return at % 2 === 0 ? x + wave * Math.cos(angle) : y + wave * Math.sin(angle)
  })

/** Each edge asked for each point. */
function slowly(polygon: Float32Array, { pose, size, arrays, glide }: SeenView): number[] {
  const see = projector(pose, size)
  const found: number[] = []
  for (let slot = 0; slot < points; slot++) {
    if (arrays.paint[slot * 4 + 3] === 1) continue
    const [x = 0, y = 0, z = 0] = [0, 1, 2].map((axis) => {
      const from = arrays.from[slot * 3 + axis] ?? 0
      return from + ((arrays.to[slot * 3 + axis] ?? 0) - from) * glide
    })
    const seen = see(x, y, z)
    if (seen.depth <= 0) continue
    const [xPx, yPx] = [Math.fround(seen.xPx), Math.fround(seen.yPx)]
    let inside = false
    for (let i = 0, j = 119; i < 120; j = i++) {
      const [ax = 0, ay = 0] = polygon.subarray(i * 2, i * 2 + 2)
      const [bx = 0, by = 0] = polygon.subarray(j * 2, j * 2 + 2)
      if (ay > yPx !== by > yPx && xPx < ax + ((bx - ax) * (yPx - ay)) / (by - ay)) inside = !inside
    }
    if (inside) found.push(slot)
  }
  return found
}

describe('LassoSearch', () => {
  it('finds what asking every edge for every point finds', () => {
    const of = view()
    const search = new LassoSearch(
      () => {},
      () => 0,
    )
    for (const polygon of [ring(400, 300, 200), ring(250, 200, 40)]) {
      const wanted = slowly(polygon, of)
      expect(wanted.length).toBeGreaterThan(200)
      expect([...search.whole(polygon, of)]).toEqual(wanted)
    }
  })

  it('finds the same in slices, and of outlines that come meanwhile answers the newest', () => {
    const of = view()
    const slices: (() => void)[] = []
    let nowMs = 0
    const search = new LassoSearch(
      (slice) => slices.push(slice),
      () => {
        nowMs += 7
        return nowMs
      },
    )
    const told: [string, number][] = []
    const watch = (name: string, radius: number): void =>
      search.watch(ring(400, 300, radius), of, (slots) => told.push([name, slots.length]))
    watch('first', 100)
    expect(told).toEqual([])
    watch('second', 150)
    watch('third', 200)
    let turns = 0
    for (let slice = slices.shift(); slice !== undefined; slice = slices.shift()) {
      slice()
      turns++
    }
    expect(turns).toBeGreaterThan(8)
    expect(told).toEqual([
      ['first', slowly(ring(400, 300, 100), of).length],
      ['third', slowly(ring(400, 300, 200), of).length],
    ])
  })

  it('tells nothing after it was stopped, and sees points at their new places', () => {
    const of = view()
    const slices: (() => void)[] = []
    let nowMs = 0
    const search = new LassoSearch(
      (slice) => slices.push(slice),
      () => {
        nowMs += 7
        return nowMs
      },
    )
    search.watch(ring(400, 300, 100), of, () => expect.unreachable())
    search.stop()
    for (const slice of slices) slice()
    const before = search.whole(ring(400, 300, 100), of).length
    of.arrays.from.fill(9)
    of.arrays.to.fill(9)
    search.forget()
    expect(before).toBeGreaterThan(0)
    expect(search.whole(ring(400, 300, 100), of)).toHaveLength(0)
  })
})
