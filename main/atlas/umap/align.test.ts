import { describe, expect, it } from 'vitest'
import { normalFrom, randomFrom } from '../../inspect/dream/random.ts'
import { alignLayout } from './align.ts'

const points = Float32Array.from({ length: 30 * 3 }, normalFrom(randomFrom(8)))
const everyOther = Uint32Array.from({ length: 15 }, (_, i) => i * 2)

/** Turned by an angle about z, mirrored in x if wanted, and moved. */
function moved(of: Float32Array, angle: number, mirror: boolean): Float32Array {
  const out = new Float32Array(of.length)
  for (let i = 0; i < of.length; i += 3) {
    const x = (of[i] ?? 0) * (mirror ? -1 : 1)
    const y = of[i + 1] ?? 0
    out[i] = x * Math.cos(angle) - y * Math.sin(angle) + 5
    out[i + 1] = x * Math.sin(angle) + y * Math.cos(angle) - 2
    out[i + 2] = (of[i + 2] ?? 0) + 1
  }
  return out
}

const some = (of: Float32Array): Float32Array =>
  Float32Array.from([...everyOther].flatMap((point) => [...of.subarray(point * 3, point * 3 + 3)]))

function expectClose(a: Float32Array, b: Float32Array): void {
  for (let i = 0; i < b.length; i++) expect(a[i]).toBeCloseTo(b[i] ?? 0, 4)
}

describe('alignLayout', () => {
  it.each([
    ['a turn', 1.1, false],
    ['a mirrored turn', -2.5, true],
    ['nothing but a shift', 0, false],
  ])('undoes %s, known from a part of the points', (_, angle, mirror) => {
    const turned = moved(points, angle, mirror)
    expectClose(alignLayout(turned, 3, some(points), everyOther), points)
  })

  it('keeps distances where points lie on a line', () => {
    const line = Float32Array.from({ length: 10 * 3 }, (_, at) => (at % 3 === 0 ? at : 0))
    const all = Uint32Array.from({ length: 10 }, (_, i) => i)
    expectClose(alignLayout(moved(line, 0.7, false), 3, line, all), line)
  })

  it('moves one shared point to its place, and leaves a layout alone that shares none', () => {
    const one = alignLayout(points, 3, Float32Array.of(1, 2, 3), Uint32Array.of(4))
    expectClose(one.subarray(12, 15), Float32Array.of(1, 2, 3))
    expect(alignLayout(points, 3, new Float32Array(), new Uint32Array())).toBe(points)
  })

  it('works in the plane', () => {
    const flat = Float32Array.of(0, 0, 1, 0, 1, 3, -2, 1)
    const turned = Float32Array.from(flat, (_, i) =>
      i % 2 === 0 ? -(flat[i + 1] ?? 0) + 7 : (flat[i - 1] ?? 0),
    )
    expectClose(alignLayout(turned, 2, flat, Uint32Array.of(0, 1, 2, 3)), flat)
  })
})
