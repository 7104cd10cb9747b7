// `latent atlas`: what a layer tells apart on the photos of a library, as a map of patches.
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type AtlasMap, type MapLevel, readDirections } from '../../activation-atlas/atlas-map.ts'
import { dreamDirection } from '../../activation-atlas/dreams/dream-direction.ts'
import { makeDream } from '../../activation-atlas/dreams/make-dream.ts'
import {
  type AtlasProgress,
  type AtlasSettings,
  type AtlasSources,
  type MadeAtlas,
  makeAtlas,
  tilePxOf,
} from '../../activation-atlas/make-atlas.ts'
import { sheetPhotos } from '../../activation-atlas/pictures/cell-patches.ts'
import type { SheetPhoto } from '../../activation-atlas/protocol.ts'
import { Atlas } from '../../atlas/atlas.ts'
import { withNotes } from '../../export/png-text.ts'
import { callNetwork } from '../../inspect/network-calls.ts'
import type { InstalledModel } from '../../models/installed.ts'
import { forkAsUtility } from '../fork-utility.ts'
import type { Places } from '../places.ts'
import { readArguments, wholeNumber } from './arguments.ts'
import { round } from './classify.ts'
import { libraryHome, libraryOptions, openCommandLibrary } from './library-command.ts'
import { pathFields } from './library-layout.ts'
import { type ExitCode, exitCode, printLine, say, UsageError } from './output.ts'
import { startInspector } from './start-inspector.ts'

export const atlasHelp = `Usage: latent atlas --library <dir> --layer <name> --out <dir> [options]

Samples a layer's activations on the photos of a library, lays them out in the plane so that like
ones lie near each other, and averages them in the cells of a grid. Writes into the folder
  atlas.json  {"layer","model","grid","labelsFrom","cells":[{"column","row","samples","photos",
              "labels":[{"name","strength"}],"patches":[{"path","left","top","side","similarity"}]}]}
              where patches are squares of the upright photos, in pixels, best first
  atlas.png   each cell shown by the patch of a photo that is most like its mean
  dreams.png  with --dreams: each cell shown by the picture that its mean direction asks for
and prints one JSON line {"summary":{...}}. Progress goes to stderr. Run again, it goes on from what
an earlier run has sampled. For names of layers see latent inspect --layers.

  --photos n   how many photos, chosen by the seed all over the library (default 5000)
  --grid n     cells a side, 2 to 80 (default 20); cells with fewer than 3 samples are left out
  --seed n     the same seed gives the same atlas (default 1)
  --dreams     also dream; takes some seconds a cell
  --steps n    of each dream (default 96)
  --model id   which network (default inception-v3)

Exit code: 0 complete, 1 failed, 2 wrong usage.`

const dreamSidePx = 128

export async function activationAtlas(
  argv: readonly string[],
  at: Places,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, {
    ...libraryOptions,
    layer: { type: 'string' },
    photos: { type: 'string', default: '5000' },
    grid: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    steps: { type: 'string', default: '96' },
    dreams: { type: 'boolean', default: false },
    out: { type: 'string' },
  })
  if (positionals.length > 0) throw new UsageError(`Expected no ${positionals[0]}.`)
  const home = libraryHome(values.library)
  if (values.layer === undefined) throw new UsageError('Expected --layer <name>.')
  if (values.out === undefined) throw new UsageError('Expected --out <dir>.')
  const settings = {
    layer: values.layer,
    photos: wholeNumber('photos', values.photos, 1),
    seed: wholeNumber('seed', values.seed, 0, 2 ** 31),
    sides: [wholeNumber('grid', values.grid, 2, 80)],
  }
  const steps = wholeNumber('steps', values.steps, 1, 4096)
  if ((await stat(join(home, 'library.sqlite')).catch(() => undefined)) === undefined) {
    throw new Error(`${values.library} holds no library. Make one with latent index.`)
  }
  const out = resolve(values.out)
  const startMs = performance.now()
  const { inspector, model } = await startInspector(at, values.model)
  const atlas = new Atlas(forkAsUtility(at.atlasEntry, 'Latent atlas'))
  try {
    const store = await openCommandLibrary(home, at, model)
    try {
      const sources: AtlasSources = {
        ...{ worker: inspector.background, atlas, store, home },
        spec: model.network,
        modelSha256: model.card.float.sha256,
      }
      const teller = new Teller()
      const watch = { signal, onProgress: (now: AtlasProgress) => teller.tell(now) }
      const made = await makeAtlas(sources, settings, watch)
      await mkdir(out, { recursive: true })
      await writeAtlas(sources, made, model, out, signal)
      const seconds = round((performance.now() - startMs) / 1000, 2)
      if (values.dreams) await writeDreams(sources, settings, made, { steps, out, signal })
      printLine({
        summary: { ...summaryOf(made.map, seconds, startMs, out), stages: teller.seconds },
      })
      return exitCode.complete
    } finally {
      await store.close()
    }
  } finally {
    atlas.dispose()
    inspector.dispose()
  }
}

function summaryOf(map: AtlasMap, seconds: number, startMs: number, out: string): object {
  const { layer, modelId: model, photos, skipped, samples, perPhoto, labelsFrom, levels } = map
  return {
    ...{ layer, model, photos, skipped, samples, perPhoto, labelsFrom },
    cells: levels[0]?.cells.length ?? 0,
    trustworthiness: round(map.trustworthiness, 4),
    seconds,
    totalSeconds: round((performance.now() - startMs) / 1000, 2),
    out,
  }
}

async function writeAtlas(
  { worker, store }: AtlasSources,
  { map }: MadeAtlas,
  { labels }: InstalledModel,
  out: string,
  signal: AbortSignal,
): Promise<void> {
  const level = onlyLevel(map)
  const ids = new Set(level.cells.flatMap(({ patches }) => patches.map(([id]) => id)))
  const photos = await store.photos([...ids])
  const paths = new Map(photos.map(({ id, path }) => [id, path]))
  const cells = level.cells.map(({ patches, labels: own, ...cell }) => ({
    ...cell,
    labels: own.map(([index, strength]) => ({ name: labels.label(index, 0).name, strength })),
    patches: patches.flatMap(([id, similarity, left, top, side]) => {
      const path = paths.get(id)
      return path === undefined ? [] : [{ ...pathFields(path), left, top, side, similarity }]
    }),
  }))
  const { layer, modelId: model, labelsFrom } = map
  const head = JSON.stringify({ layer, model, grid: level.side, labelsFrom })
  const lines = cells.map((cell) => JSON.stringify(cell)).join(',\n')
  await writeFile(join(out, 'atlas.json'), `${head.slice(0, -1)},"cells":[\n${lines}\n]}\n`)
  await drawSheet(worker, level, sheetPhotos(map, photos), join(out, 'atlas.png'), map, signal)
}

async function writeDreams(
  { worker, spec, home }: AtlasSources,
  { layer, seed }: AtlasSettings,
  { map, folder }: MadeAtlas,
  { steps, out, signal }: { steps: number; out: string; signal: AbortSignal },
): Promise<void> {
  const level = onlyLevel(map)
  const { means, mean, deviations } = await readDirections(folder, map)
  const pictures: SheetPhoto[] = []
  for (const [cell, { column, row }] of level.cells.entries()) {
    const own = means.subarray(cell * map.channels, (cell + 1) * map.channels)
    const direction = dreamDirection(own, mean, deviations)
    const request = { spec, layer, direction, sidePx: dreamSidePx, steps, seed }
    const dreams = join(home, 'activation-atlas', 'dreams')
    const bytes = await makeDream(worker, dreams, request, { signal })
    pictures.push({
      source: { kind: 'bytes', name: 'dream.png', bytes },
      patches: [{ level: 0, column, row, window: wholeOf(bytes) }],
    })
    say(`dreams: ${cell + 1} of ${level.cells.length}`)
  }
  await drawSheet(worker, level, pictures, join(out, 'dreams.png'), map, signal)
}

/** Width and height of a PNG file stand in its first chunk. */
function wholeOf(png: Uint8Array): SheetPhoto['patches'][number]['window'] {
  const view = new DataView(png.buffer, png.byteOffset)
  return { leftPx: 0, topPx: 0, widthPx: view.getUint32(16), heightPx: view.getUint32(20) }
}

async function drawSheet(
  worker: AtlasSources['worker'],
  { side }: MapLevel,
  photos: readonly SheetPhoto[],
  path: string,
  { layer, modelId }: AtlasMap,
  signal: AbortSignal,
): Promise<void> {
  const levels = [{ side, tilePx: tilePxOf(side), path, format: 'png' as const }]
  await callNetwork(worker, 'drawSheets', { levels, photos }, { signal })
  const notes = { Title: `Activation atlas of ${layer}`, Comment: `Network ${modelId}` }
  await writeFile(path, withNotes(await readFile(path), { ...notes, Software: 'Latent' }))
}

function onlyLevel({ levels: [level] }: AtlasMap): MapLevel {
  if (level === undefined) throw new Error('Expected a level of cells but received none')
  return level
}

const stages: Readonly<Record<AtlasProgress['stage'], string>> = {
  sampling: 'activations',
  layout: 'layout',
  cells: 'cells',
  labels: 'labels',
  patches: 'patches',
}

/** A line for every tenth of a stage; takes each stage's time along. */
class Teller {
  readonly seconds: Record<string, number> = {}
  private told = ''
  private sinceMs = performance.now()

  tell({ stage, fraction }: AtlasProgress): void {
    const name = stages[stage]
    const nowMs = performance.now()
    this.seconds[name] = round((this.seconds[name] ?? 0) + (nowMs - this.sinceMs) / 1000, 3)
    this.sinceMs = nowMs
    const line = `${name}: ${Math.floor(fraction * 10) * 10} %`
    if (line !== this.told) say(line)
    this.told = line
  }
}
