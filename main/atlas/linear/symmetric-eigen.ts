// Eigenvalues and eigenvectors of small symmetric matrices.

export interface Eigen {
  /** Greatest first. */
  readonly values: Float64Array
  /** Unit eigenvectors as rows, [n, n], in the order of the values. */
  readonly vectors: Float64Array
}

/**
 * Householder's reduction to tridiagonal form, then QL with implicit shifts: Martin, Reinsch and
 * Wilkinson (1968), Bowdler et al. (1968), as in EISPACK's tred2 and tql2.
 *
 * @param matrix symmetric, [n, n], n up to some hundreds; stays as it is
 * @throws Error when the iteration does not settle, which no finite matrix has been seen to do
 */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  const v = Float64Array.from(matrix)
  const d = new Float64Array(n)
  const e = new Float64Array(n)
  tridiagonalise(v, d, e, n)
  diagonalise(v, d, e, n)
  const order = Array.from(d.keys()).sort((a, b) => (d[b] ?? 0) - (d[a] ?? 0))
  const vectors = new Float64Array(n * n)
  order.forEach((column, row) => {
    for (let i = 0; i < n; i++) vectors[row * n + i] = v[i * n + column] ?? 0
  })
  return { values: Float64Array.from(order, (column) => d[column] ?? 0), vectors }
}

function tridiagonalise(v: Float64Array, d: Float64Array, e: Float64Array, n: number): void {
  const at = (row: number, column: number): number => v[row * n + column] ?? 0
  for (let j = 0; j < n; j++) d[j] = at(n - 1, j)
  for (let i = n - 1; i > 0; i--) {
    let scale = 0
    let h = 0
    for (let k = 0; k < i; k++) scale += Math.abs(d[k] ?? 0)
    if (scale === 0) {
      e[i] = d[i - 1] ?? 0
      for (let j = 0; j < i; j++) {
        d[j] = at(i - 1, j)
        v[i * n + j] = 0
        v[j * n + i] = 0
      }
    } else {
      for (let k = 0; k < i; k++) {
        const scaled = (d[k] ?? 0) / scale
        d[k] = scaled
        h += scaled * scaled
      }
      const f = d[i - 1] ?? 0
      const g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h)
      e[i] = scale * g
      h -= f * g
      d[i - 1] = f - g
      e.fill(0, 0, i)
      for (let j = 0; j < i; j++) {
        const dj = d[j] ?? 0
        v[j * n + i] = dj
        let sum = (e[j] ?? 0) + at(j, j) * dj
        for (let k = j + 1; k < i; k++) {
          sum += at(k, j) * (d[k] ?? 0)
          e[k] = (e[k] ?? 0) + at(k, j) * dj
        }
        e[j] = sum
      }
      let total = 0
      for (let j = 0; j < i; j++) {
        const ej = (e[j] ?? 0) / h
        e[j] = ej
        total += ej * (d[j] ?? 0)
      }
      const hh = total / (h + h)
      for (let j = 0; j < i; j++) e[j] = (e[j] ?? 0) - hh * (d[j] ?? 0)
      for (let j = 0; j < i; j++) {
        const dj = d[j] ?? 0
        const ej = e[j] ?? 0
        for (let k = j; k < i; k++) v[k * n + j] = at(k, j) - dj * (e[k] ?? 0) - ej * (d[k] ?? 0)
        d[j] = at(i - 1, j)
        v[i * n + j] = 0
      }
    }
    d[i] = h
  }
  accumulate(v, d, n)
  e[0] = 0
}

/** Multiplies the reflections out. */
function accumulate(v: Float64Array, d: Float64Array, n: number): void {
  for (let i = 0; i < n - 1; i++) {
    v[(n - 1) * n + i] = v[i * n + i] ?? 0
    v[i * n + i] = 1
    const h = d[i + 1] ?? 0
    if (h !== 0) {
      for (let k = 0; k <= i; k++) d[k] = (v[k * n + i + 1] ?? 0) / h
      for (let j = 0; j <= i; j++) {
        let g = 0
        for (let k = 0; k <= i; k++) g += (v[k * n + i + 1] ?? 0) * (v[k * n + j] ?? 0)
        for (let k = 0; k <= i; k++) v[k * n + j] = (v[k * n + j] ?? 0) - g * (d[k] ?? 0)
      }
    }
    for (let k = 0; k <= i; k++) v[k * n + i + 1] = 0
  }
  for (let j = 0; j < n; j++) {
    d[j] = v[(n - 1) * n + j] ?? 0
    v[(n - 1) * n + j] = 0
  }
  v[n * n - 1] = 1
}

const mostIterations = 60

function diagonalise(v: Float64Array, d: Float64Array, e: Float64Array, n: number): void {
  e.copyWithin(0, 1)
  e[n - 1] = 0
  let shift = 0
  let size = 0
  for (let l = 0; l < n; l++) {
    size = Math.max(size, Math.abs(d[l] ?? 0) + Math.abs(e[l] ?? 0))
    let m = l
    while (m < n - 1 && Math.abs(e[m] ?? 0) > Number.EPSILON * size) m++
    for (let iteration = 0; m > l; iteration++) {
      if (iteration === mostIterations) throw new Error('Expected the eigenvalues to settle')
      const g = d[l] ?? 0
      const el = e[l] ?? 0
      const p = ((d[l + 1] ?? 0) - g) / (2 * el)
      const r = p < 0 ? -Math.hypot(p, 1) : Math.hypot(p, 1)
      d[l] = el / (p + r)
      d[l + 1] = el * (p + r)
      const h = g - (d[l] ?? 0)
      for (let i = l + 2; i < n; i++) d[i] = (d[i] ?? 0) - h
      shift += h
      sweep(v, d, e, n, l, m)
      if (Math.abs(e[l] ?? 0) <= Number.EPSILON * size) break
    }
    d[l] = (d[l] ?? 0) + shift
    e[l] = 0
  }
}

/** One implicit QL step on rows l to m. */
function sweep(
  v: Float64Array,
  d: Float64Array,
  e: Float64Array,
  n: number,
  l: number,
  m: number,
): void {
  const dl1 = d[l + 1] ?? 0
  const el1 = e[l + 1] ?? 0
  let p = d[m] ?? 0
  let [c, c2, c3, s, s2] = [1, 1, 1, 0, 0]
  for (let i = m - 1; i >= l; i--) {
    c3 = c2
    c2 = c
    s2 = s
    const ei = e[i] ?? 0
    const g = c * ei
    const h = c * p
    const r = Math.hypot(p, ei)
    e[i + 1] = s * r
    s = ei / r
    c = p / r
    p = c * (d[i] ?? 0) - s * g
    d[i + 1] = h + s * (c * g + s * (d[i] ?? 0))
    for (let k = 0; k < n; k++) {
      const right = v[k * n + i + 1] ?? 0
      const left = v[k * n + i] ?? 0
      v[k * n + i + 1] = s * left + c * right
      v[k * n + i] = c * left - s * right
    }
  }
  p = (-s * s2 * c3 * el1 * (e[l] ?? 0)) / dl1
  e[l] = s * p
  d[l] = c * p
}
