import { expect, it } from 'vitest'
import { randomFrom } from '../../inspect/dream/random.ts'
import { dotKernel } from './dot-kernel.ts'

it.each([16, 48, 2048])('gives the same integers as plain loops over %i numbers', (dim) => {
  const count = 7
  const random = randomFrom(dim)
  const start = dim * 2
  const out = start + count * dim
  const kernel = dotKernel(out + count * 4)
  const query = new Int16Array(kernel.memory.buffer, 0, dim)
  const rows = new Int8Array(kernel.memory.buffer, start, count * dim)
  for (let i = 0; i < dim; i++) query[i] = Math.round((random() - 0.5) * 8000)
  for (let i = 0; i < rows.length; i++) rows[i] = Math.floor(random() * 255) - 127
  kernel.dots(start, count, dim, 0, out)
  const expected = Array.from({ length: count }, (_, row) =>
    query.reduce((sum, value, x) => sum + value * (rows[row * dim + x] ?? 0), 0),
  )
  expect([...new Int32Array(kernel.memory.buffer, out, count)]).toEqual(expected)
})

it('does nothing for no rows', () => {
  const kernel = dotKernel(64)
  expect(() => kernel.dots(32, 0, 16, 0, 48)).not.toThrow()
})
