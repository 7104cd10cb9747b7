// OKLab, a space in which equal steps look equal (Ottosson 2020, bottosson.github.io/posts/oklab).

export interface Rgb {
  readonly r: number
  readonly g: number
  readonly b: number
}

/** `l` 0..1, `c` chroma from 0, `hue` in degrees. */
export interface Oklch {
  readonly l: number
  readonly c: number
  readonly hue: number
}

/** Linear sRGB, outside 0..1 where the screen cannot show the colour. */
function linearRgb({ l, c, hue }: Oklch): Rgb {
  const angle = (hue / 180) * Math.PI
  const a = c * Math.cos(angle)
  const b = c * Math.sin(angle)
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  return {
    r: 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    g: -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    b: -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  }
}

const inGamut = ({ r, g, b }: Rgb): boolean =>
  Math.min(r, g, b) >= -1e-4 && Math.max(r, g, b) <= 1 + 1e-4

const encode = (linear: number): number => {
  const value = Math.min(1, Math.max(0, linear))
  return value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055
}

/** The sRGB colour, 0..1, of this lightness and hue with as much of the chroma as can be shown. */
export function srgbOf(colour: Oklch): Rgb {
  let [low, high] = [0, colour.c]
  if (inGamut(linearRgb(colour))) low = high
  while (high - low > 1e-4) {
    const c = (low + high) / 2
    if (inGamut(linearRgb({ ...colour, c }))) low = c
    else high = c
  }
  const { r, g, b } = linearRgb({ ...colour, c: low })
  return { r: encode(r), g: encode(g), b: encode(b) }
}

/** OKLab lightness of an sRGB colour, 0..1. */
export function lightnessOf({ r, g, b }: Rgb): number {
  const decode = (value: number): number =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  const [red, green, blue] = [decode(r), decode(g), decode(b)]
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const middle = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  return 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short
}
