// Pictures for tests that need unlike photos: stripes and discs in many colours, as PNG files.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'

type Rgb = readonly [number, number, number]
type Drawing = (x: number, y: number) => boolean

const sidePx = 96

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** https://www.w3.org/TR/png-3/, 8 bits RGB. */
function png(drawing: Drawing, ink: Rgb, ground: Rgb): Buffer {
  const rows = Buffer.alloc(sidePx * (1 + sidePx * 3))
  for (let y = 0; y < sidePx; y++) {
    for (let x = 0; x < sidePx; x++) {
      rows.set(drawing(x, y) ? ink : ground, y * (1 + sidePx * 3) + 1 + x * 3)
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(sidePx, 0)
  header.writeUInt32BE(sidePx, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', new Uint8Array()),
  ])
}

const colour = (at: number): Rgb => [(at * 67) % 256, (at * 131 + 90) % 256, (at * 29 + 40) % 256]

const drawings = {
  stripes:
    (at: number): Drawing =>
    (x, y) =>
      Math.floor((x + y * (at % 3)) / (4 + at)) % 2 === 0,
  discs:
    (at: number): Drawing =>
    (x, y) =>
      Math.hypot((x % 48) - 24, (y % 48) - 24) < 6 + at * 2,
} as const

export type DrawnKind = keyof typeof drawings

/** Named "stripes 1.png" and so on, each unlike the others. */
export async function drawnPhotos(folder: string, kind: DrawnKind, count: number): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (let at = 1; at <= count; at++) {
    const bytes = png(drawings[kind](at), colour(at), colour(at + 7))
    await writeFile(join(folder, `${kind} ${at}.png`), bytes)
  }
}

/** Of one colour each with a disc of a lighter one, named "red 1.png" and so on. */
export async function colouredPhotos(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true })
  const colours: Readonly<Record<string, Rgb>> = {
    red: [200, 20, 30],
    green: [20, 150, 40],
    blue: [30, 50, 190],
    yellow: [230, 210, 20],
    white: [250, 250, 250],
    black: [10, 10, 10],
  }
  for (const [name, [r, g, b]] of Object.entries(colours)) {
    for (let at = 1; at <= count; at++) {
      const fainter: Rgb = [r * (1 - at / 20), g * (1 - at / 20), b * (1 - at / 20)]
      const bytes = png(drawings.discs(at), fainter, [r, g, b])
      await writeFile(join(folder, `${name} ${at}.png`), bytes)
    }
  }
}
