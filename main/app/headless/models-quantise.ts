// `latent models quantise`: an integer twin of a float network, made on one's own photos.
import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { calibrationPhotos } from '../../models/calibration-photos.ts'
import { incomingPrefix } from '../../models/import-model.ts'
import { findModel } from '../../models/installed.ts'
import { keepQuantised, quantisedFile, quantisedId } from '../../models/keep-quantised.ts'
import type { QuantiseReport } from '../../models/quantise-protocol.ts'
import { runQuantiser } from '../../models/run-quantiser.ts'
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
  const newId = quantisedId(id)
  if (values.out === undefined && (await findModel(at, newId)).ok) {
    throw new Error(`${newId} is installed already: remove it first, or name a folder with --out.`)
  }
  const photos: string[] = []
  for await (const path of filesOf([values.photos], signal)) photos.push(String(path))
  const folder = join(
    values.out ? resolve(values.out) : at.userModelsFolder,
    `${incomingPrefix}${randomUUID()}`,
  )
  await mkdir(folder, { recursive: true })
  try {
    let said = ''
    const report = await runQuantiser(
      forkAsUtility(at.quantiseEntry, 'Latent quantiser'),
      {
        type: 'quantise',
        spec: model.spec,
        unitLayers: model.card.unitLayers,
        floatPath: model.network.onnxPath,
        outPath: join(folder, quantisedFile),
        threads: Math.min(availableParallelism(), 8),
        ...calibrationPhotos(photos, calibrate, check),
      },
      signal,
      (text) => {
        if (text !== said) say(text)
        said = text
      },
    )
    const isFaster = report.photosPerSecond.int8 > report.photosPerSecond.float
    const home = join(values.out ? resolve(values.out) : at.userModelsFolder, newId)
    if (isFaster) await keepQuantised(folder, home, model, report)
    else say('It is not faster, and is not kept.')
    printLine(lineOf(newId, report, isFaster ? home : null))
    return exitCode.complete
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
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
