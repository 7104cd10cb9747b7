import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { crc32 } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultModelId } from '../models/catalogue.ts'
import { installedModel } from '../models/installed.ts'
import { imagenet1k } from '../models/labels.ts'
import { floatsOf } from '../store/half-float.ts'
import { loadSharp } from './decode.ts'
import { forkWithNode } from './fork-node.ts'
import { EngineHost } from './host.ts'
import type { Analysis } from './protocol.ts'
import { testPicture } from './test-picture.ts'
import { TuningCache } from './tuning-cache.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const entry = join(repository, 'out', 'main', 'engine.js')
const modelsFolder = join(repository, 'models', 'installed')
const photosFolder = join(repository, '..', 'shared', 'photos', 'imagenet')

/** Says on stderr why tests are left out: a quiet skip looks like a pass. */
function missing(what: string, path: string): boolean {
  const absent = !existsSync(path)
  if (absent) process.stderr.write(`SKIPPED in engine.integration.test.ts: no ${what}\n`)
  return absent
}

const noEngine = [
  missing('built engine: run npm run build', entry),
  missing('installed model: run npm start once', join(modelsFolder, defaultModelId)),
].includes(true)
const noPhotos = missing('shared photos beside the repository', photosFolder)

const sharp = loadSharp()
let folder: string
let engine: EngineHost

async function startEngine(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'latent-engine-'))
  const model = await installedModel(modelsFolder, defaultModelId)
  if (!model.ok) throw new Error(model.error.message)
  const tunings = new TuningCache(join(folder, 'tuning.json'), 'test')
  // A remembered choice: measuring would only take time here.
  await tunings.write(model.value.spec, ['cpu'], {
    provider: 'cpu',
    why: '',
    trials: [],
    substitutes: [],
    floatOn: [],
    threads: 2,
    batchSize: 4,
    decodeWorkers: 2,
  })
  engine = new EngineHost({
    fork: forkWithNode(entry),
    model: model.value.spec,
    modelName: model.value.card.name,
    tunings,
    onlyProviders: ['cpu'],
    choose: () => Promise.reject(new Error('A choice is remembered.')),
    onStatus: () => {},
  })
  await engine.ready()
}

const analyse = (name: string, bytes: Uint8Array): Promise<Analysis> =>
  engine.analyse({ kind: 'bytes', name, bytes }, { urgent: false, topCount: 5 })

interface Raster {
  readonly pixels: Uint8Array
  readonly widthPx: number
  readonly heightPx: number
}

/** A drawn picture, wider than tall, whose four corners differ. */
function picture(): Raster {
  const [sidePx, heightPx] = [400, 300]
  return {
    pixels: testPicture(sidePx).slice(0, sidePx * heightPx * 3),
    widthPx: sidePx,
    heightPx,
  }
}

const fileOf = async (
  format: 'jpeg' | 'tiff',
  { pixels, widthPx, heightPx }: Raster,
  orientation = 1,
): Promise<Uint8Array> => {
  const raw = { width: widthPx, height: heightPx, channels: 3 } as const
  const image = sharp(pixels, { raw }).withMetadata({ orientation })
  const encoded =
    format === 'jpeg'
      ? image.jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      : image.tiff({ compression: 'none' })
  return new Uint8Array(await encoded.toBuffer())
}

/**
 * Stores an upright picture as a camera would that was held another way. EXIF 2.32, 4.6.4: where
 * the stored row 0 and column 0 lie in the upright picture.
 */
function storedAs(orientation: number, { pixels, widthPx: w, heightPx: h }: Raster): Raster {
  const sideways = orientation >= 5
  const [rows, columns] = sideways ? [w, h] : [h, w]
  const upright: Readonly<Record<number, (r: number, c: number) => [x: number, y: number]>> = {
    1: (r, c) => [c, r],
    2: (r, c) => [w - 1 - c, r],
    3: (r, c) => [w - 1 - c, h - 1 - r],
    4: (r, c) => [c, h - 1 - r],
    5: (r, c) => [r, c],
    6: (r, c) => [w - 1 - r, c],
    7: (r, c) => [w - 1 - r, h - 1 - c],
    8: (r, c) => [r, h - 1 - c],
  }
  const stored = new Uint8Array(pixels.length)
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const [x, y] = upright[orientation]?.(r, c) ?? [0, 0]
      const from = (y * w + x) * 3
      stored.set(pixels.subarray(from, from + 3), (r * columns + c) * 3)
    }
  }
  return { pixels: stored, widthPx: columns, heightPx: rows }
}

/** A PNG whose header claims a size that its data does not have. */
function pngClaiming(widthPx: number, heightPx: number): Uint8Array {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.byteLength)
    check.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, check])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(widthPx, 0)
  header.writeUInt32BE(heightPx, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const data = chunk('IDAT', Buffer.from([0x78, 0x9c, 3, 0, 0, 0, 0, 1]))
  return new Uint8Array(
    Buffer.concat([mark, chunk('IHDR', header), data, chunk('IEND', Buffer.alloc(0))]),
  )
}

describe.skipIf(noEngine)('the engine in its own process', () => {
  beforeAll(startEngine, 120_000)
  afterAll(async () => {
    engine?.dispose()
    await rm(folder, { recursive: true })
  })

  it('classifies a picture: facts, thumbnail, tile, five falling probabilities, a unit vector', async () => {
    const {
      status,
      facts,
      picture: made,
      prediction,
    } = await analyse('a.jpg', await fileOf('jpeg', picture()))
    expect({ status, format: facts.format, w: facts.widthPx, h: facts.heightPx }).toEqual({
      status: 'ok',
      format: 'JPEG',
      w: 400,
      h: 300,
    })
    expect(made?.tile).toHaveLength(32 * 32 * 3)
    expect(made?.dominantColour).toMatch(/^#[0-9a-f]{6}$/)
    const size = await sharp(made?.thumbnail).metadata()
    expect([size.format, size.height]).toEqual(['jpeg', 256])
    expect(Math.abs((size.width ?? 0) - (256 * 4) / 3)).toBeLessThanOrEqual(1)
    const probabilities = [...(prediction?.probabilities ?? [])]
    expect(probabilities).toHaveLength(5)
    expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a))
    const embedding = floatsOf(prediction?.embedding ?? new Uint16Array())
    expect(embedding).toHaveLength(2048)
    // Half floats have eleven bits: the norm is 1 to about a thousandth.
    expect(Math.hypot(...embedding)).toBeCloseTo(1, 2)
  })

  // Without loss the probabilities agree to 0.05. A JPEG's blocks fall elsewhere when it is turned,
  // and on a drawn picture the network is unsure enough to notice: there, the label counts.
  it.each([
    ['tiff', 0.05],
    ['jpeg', 1],
  ] as const)(
    'gives all eight EXIF orientations of a %s the same label and upright size',
    async (format, tolerance) => {
      const analyses = await Promise.all(
        [1, 2, 3, 4, 5, 6, 7, 8].map(async (orientation) =>
          analyse(
            `${orientation}.${format}`,
            await fileOf(format, storedAs(orientation, picture()), orientation),
          ),
        ),
      )
      const [first] = analyses
      const [label] = first?.prediction?.classIndices ?? []
      expect(label).toBeDefined()
      analyses.forEach(({ status, facts, prediction }, i) => {
        expect(
          {
            status,
            orientation: facts.orientation,
            size: [facts.widthPx, facts.heightPx],
            label: prediction?.classIndices[0],
          },
          `orientation ${i + 1}`,
        ).toEqual({ status: 'ok', orientation: i + 1, size: [400, 300], label })
        const difference =
          (prediction?.probabilities[0] ?? 0) - (first?.prediction?.probabilities[0] ?? 0)
        expect(Math.abs(difference)).toBeLessThanOrEqual(tolerance)
      })
    },
  )

  it('labels what is left of a truncated JPEG, and says that it is damaged', async () => {
    const whole = await fileOf('jpeg', picture())
    const cut = whole.slice(0, Math.floor(whole.byteLength * 0.6))
    const { status, reason, prediction } = await analyse('cut.jpg', cut)
    expect(status).toBe('damaged')
    expect(reason).toMatch(/^Only part of the image could be read/)
    expect(prediction?.classIndices).toHaveLength(5)
  })

  it('says that an empty file and a text named as an image are unreadable', async () => {
    const empty = await analyse('empty.jpg', new Uint8Array())
    expect([empty.status, empty.reason]).toEqual(['unreadable', 'The file is empty.'])
    const text = await analyse('text.jpg', new Uint8Array(Buffer.from('not an image at all')))
    expect([text.status, text.prediction]).toEqual(['unreadable', undefined])
  })

  it('says that a file that is gone is unreadable', async () => {
    const gone = await engine.analyse(
      { kind: 'file', path: join(folder, 'gone.jpg') },
      { urgent: true, topCount: 5 },
    )
    expect([gone.status, gone.reason]).toEqual(['unreadable', 'The file is no longer there.'])
  })

  it('refuses a PNG that claims 65536 x 65536, and goes on', async () => {
    const { status, reason } = await analyse('bomb.png', pngClaiming(65_536, 65_536))
    expect(status).toBe('refused')
    expect(reason).toMatch(/65536 x 65536/)
    expect((await analyse('next.jpg', await fileOf('jpeg', picture()))).status).toBe('ok')
  })

  it('knows a RAW file and says that it cannot read it', async () => {
    const tiff = new Uint8Array(64)
    tiff.set([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0])
    const { status, facts } = await analyse('a.NEF', tiff)
    expect([status, facts.format]).toEqual(['unsupported', 'Camera RAW'])
  })

  it('renders an upright JPEG inside the square asked for', async () => {
    const sideways = await fileOf('jpeg', storedAs(6, picture()), 6)
    const jpeg = await engine.render({ kind: 'bytes', name: 'a.jpg', bytes: sideways }, 200)
    const { width, height, format } = await sharp(jpeg).metadata()
    expect([width, height, format]).toEqual([200, 150, 'jpeg'])
  })

  it.skipIf(noPhotos)(
    'names at least 85 of 100 example photos right at the first guess',
    async () => {
      const names = (await readdir(photosFolder)).filter((name) => /^n\d{8}/.test(name)).sort()
      const sample = names.filter((_, i) => i % 10 === 0)
      const analyses = await Promise.all(
        sample.map((name) =>
          engine.analyse(
            { kind: 'file', path: join(photosFolder, name) },
            { urgent: false, topCount: 1 },
          ),
        ),
      )
      const wrong = sample.filter((name, i) => {
        const best = analyses[i]?.prediction?.classIndices[0] ?? -1
        return !name.startsWith(imagenet1k.label(best, 1).wnid || 'none')
      })
      expect(1 - wrong.length / sample.length, `wrong: ${wrong.join(', ')}`).toBeGreaterThanOrEqual(
        0.85,
      )
    },
    240_000,
  )
})
