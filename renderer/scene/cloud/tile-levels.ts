// A tile's bytes at the sizes a texture keeps.

/**
 * @param tiles RGB, [tiles, side, side, 3]
 * @returns RGBA of each size, the largest first; null for a tile that is all black, which stands for
 * none
 */
export function tileLevels(
  tiles: Uint8Array,
  index: number,
  sidePx: number,
  levels: number,
): readonly Uint8Array[] | null {
  const pixels = sidePx * sidePx
  const full = new Uint8Array(pixels * 4)
  let some = 0
  for (let i = 0, from = index * pixels * 3; i < pixels; i++, from += 3) {
    const [r = 0, g = 0, b = 0] = [tiles[from], tiles[from + 1], tiles[from + 2]]
    full[i * 4] = r
    full[i * 4 + 1] = g
    full[i * 4 + 2] = b
    full[i * 4 + 3] = 255
    some |= r | g | b
  }
  if (some === 0) return null
  const all: Uint8Array[] = [full]
  for (let level = 1, side = sidePx; level < levels; level++, side >>= 1)
    all.push(halved(all[level - 1] ?? full, side))
  return all
}

/** The mean of each two by two pixels. */
function halved(pixels: Uint8Array, sidePx: number): Uint8Array {
  const half = sidePx >> 1
  const out = new Uint8Array(half * half * 4)
  for (let y = 0; y < half; y++) {
    for (let x = 0; x < half; x++) {
      const from = (y * 2 * sidePx + x * 2) * 4
      for (let channel = 0; channel < 4; channel++) {
        const at = from + channel
        const sum =
          (pixels[at] ?? 0) +
          (pixels[at + 4] ?? 0) +
          (pixels[at + sidePx * 4] ?? 0) +
          (pixels[at + sidePx * 4 + 4] ?? 0)
        out[(y * half + x) * 4 + channel] = (sum + 2) >> 2
      }
    }
  }
  return out
}
