// `latent models quantise`: an integer twin of a float network, made on one's own photos.
import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { incomingPrefix } from '../../models/import-model.ts'
import { findModel, type InstalledModel } from '../../models/installed.ts'
import type {
  FromQuantiser,
  QuantiseReport,
  QuantiseRequest,
} from '../../models/quantise-protocol.ts'
import { forkAsUtility } from '../fork-utility.ts'
import type { Places } from '../places.ts'
import { readArguments, theOnly, wholeNumber } from './arguments.ts'
import { round } from './classify.ts'
import { commandModel } from './command-model.ts'
import { filesOf } from './files.ts'
import { type ExitCode, exitCode, printLine, say, UsageError } from './output.ts'

export async function quantise(
  argv: readonly string[],
  at: Places,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, {
    photos: { type: 'string' },
    out: { type: 'string' },
    calibrate: { type: 'string', default: '50' },
    check: { type: 'string', default: '200' },
  })
  const id = theOnly('id', positionals)
  if (values.photos === undefined) throw new UsageError('Expected --photos <folder>.')
  const calibrate = wholeNumber('calibrate', values.calibrate, 1, 1_000)
  const check = wholeNumber('check', values.check, 1, 10_000)
  const model = await commandModel(at, id)
  if (model.text !== undefined) {
    throw new Error(`${id} came with a text network: bring an integer export of both instead.`)
  }
  const newId = `${id}-int8`
  if (values.out === undefined && (await findModel(at, newId)).ok) {
    throw new Error(`${newId} is installed already: remove it first, or name a folder with --out.`)
  }
  const photos = await spreadPhotos(values.photos, calibrate + check, signal)
  // Every so manieth for calibration, so that both see the whole of the folder.
  const every = Math.max(2, Math.floor(photos.length / calibrate))
  const isCalibration = (_path: string, i: number): boolean => i % every === 0
  const folder = join(
    values.out ? resolve(values.out) : at.userModelsFolder,
    `${incomingPrefix}${randomUUID()}`,
  )
  await mkdir(folder, { recursive: true })
  try {
    const report = await inProcess(at, signal, {
      type: 'quantise',
      spec: model.spec,
      unitLayers: model.card.unitLayers,
      floatPath: model.network.onnxPath,
      outPath: join(folder, 'quantised.onnx'),
      threads: Math.min(availableParallelism(), 8),
      calibrationPhotos: photos.filter(isCalibration).slice(0, calibrate),
      checkPhotos: photos.filter((path, i) => !isCalibration(path, i)),
    })
    const isFaster = report.photosPerSecond.int8 > report.photosPerSecond.float
    const home = join(values.out ? resolve(values.out) : at.userModelsFolder, newId)
    if (isFaster) await keep(folder, home, newId, model, report)
    else say('It is not faster, and is not kept.')
    printLine(lineOf(newId, report, isFaster ? home : null))
    return exitCode.complete
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function spreadPhotos(folder: string, most: number, signal: AbortSignal): Promise<string[]> {
  const all: string[] = []
  for await (const path of filesOf([folder], signal)) all.push(String(path))
  if (all.length < 4) throw new Error(`Expected a few photos in ${folder} but found ${all.length}.`)
  const step = Math.max(1, all.length / most)
  return Array.from(
    { length: Math.min(most, all.length) },
    (_, i) => all[Math.floor(i * step)] ?? '',
  )
}

async function keep(
  folder: string,
  home: string,
  id: string,
  { card, network }: InstalledModel,
  { sha256, unitLayers }: QuantiseReport,
): Promise<void> {
  await copyFile(network.onnxPath, join(folder, 'float.onnx'))
  if (card.labels.kind === 'file') {
    await copyFile(join(network.onnxPath, '..', card.labels.file), join(folder, card.labels.file))
  }
  const twin = {
    ...card,
    id,
    name: `${card.name} (int8)`,
    quantised: { file: 'quantised.onnx', sha256 },
    unitLayers,
    float: { ...card.float, file: 'float.onnx' },
  }
  await writeFile(join(folder, 'model.json'), JSON.stringify(twin, null, 2))
  await rename(folder, home)
}

function inProcess(
  at: Places,
  signal: AbortSignal,
  request: QuantiseRequest,
): Promise<QuantiseReport> {
  return new Promise((done, reject) => {
    const child = forkAsUtility<QuantiseRequest, FromQuantiser>(
      at.quantiseEntry,
      'Latent quantiser',
    )({
      onMessage: (message) => {
        switch (message.type) {
          case 'progress':
            say(message.text)
            return
          case 'refused':
            child.kill()
            reject(new Error(`It cannot be quantised: ${message.reason}`))
            return
          case 'done':
            child.kill()
            done(message.report)
        }
      },
      onExit: (code) => reject(new Error(`Its process stopped (exit code ${code}).`)),
    })
    signal.addEventListener('abort', () => child.kill(), { once: true })
    child.send(request)
  })
}

function lineOf(id: string, report: QuantiseReport, folder: string | null): object {
  const { float, int8 } = report.photosPerSecond
  return {
    id,
    kept: folder !== null,
    folder,
    calibrated: report.calibrated,
    checked: report.checked,
    sameTop1: round(report.sameTop1, 4),
    top1InTop5: round(report.top1InTop5, 4),
    meanEmbeddingCosine: round(report.meanEmbeddingCosine, 4),
    photosPerSecond: {
      float: round(float, 1),
      int8: round(int8, 1),
      ratio: round(int8 / float, 2),
    },
    bytes: report.bytes,
    sha256: report.sha256,
  }
}
