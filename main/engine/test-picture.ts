// A picture that is drawn: for trials, warm-ups and tests.

/** Gradients in each channel with a disc in the middle: smooth and edged at once. */
export function testPicture(sidePx: number): Uint8Array {
  const pixels = new Uint8Array(sidePx * sidePx * 3)
  for (let y = 0; y < sidePx; y++) {
    for (let x = 0; x < sidePx; x++) {
      const inDisc = Math.hypot(x - sidePx / 2, y - sidePx / 2) < sidePx / 4
      const at = (y * sidePx + x) * 3
      pixels[at] = inDisc ? 220 : (x * 255) / sidePx
      pixels[at + 1] = inDisc ? 160 : (y * 255) / sidePx
      pixels[at + 2] = ((x + y) * 127) / sidePx
    }
  }
  return pixels
}
