// Answers the calls of main in the process that runs text networks.
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CallContext } from '../inspect/call-server.ts'
import { decodeModel, encodeModel } from '../onnx/codec.ts'
import { labelHeadGraph, withLabelHead } from '../onnx/label-head.ts'
import { labelVectors } from './label-vectors.ts'
import type { Fraction, NamedFile, TextCalls } from './protocol.ts'
import { TextTower } from './text-tower.ts'
import { readTokenizer } from './tokenizer.ts'
import type { TextTowerFiles } from './tower-spec.ts'

type Handlers = {
  readonly [Name in keyof TextCalls]: (
    input: TextCalls[Name]['input'],
    context: CallContext,
  ) => Promise<TextCalls[Name]['answer']>
}

export function textHandlers(threads: number): Handlers {
  let held: { readonly sha256: string; readonly tower: Promise<TextTower> } | undefined
  /** Calls take turns: the tower of one must not be let go while it runs. */
  let last: Promise<unknown> = Promise.resolve()

  const towerOf = async (files: TextTowerFiles): Promise<TextTower> => {
    if (held?.sha256 === files.sha256) return held.tower
    const before = held
    held = undefined
    await before?.tower.then((tower) => tower.dispose())
    const tower = openTower(files, threads)
    held = { sha256: files.sha256, tower }
    tower.catch(() => {
      held = undefined
    })
    return tower
  }
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => {})
    return turn
  }

  return {
    embed: ({ tower, texts }, { signal, progress }) =>
      inTurn(async () =>
        (await towerOf(tower)).embed(texts, signal, (done) =>
          progress({ fraction: done / texts.length } satisfies Fraction),
        ),
      ),
    label: ({ tower, names, templates, scale, encoderPath, folder }, { signal, progress }) =>
      inTurn(async () => {
        const tell = (fraction: number): void => progress({ fraction } satisfies Fraction)
        const vectors = await labelVectors(await towerOf(tower), names, templates, signal, tell)
        const head = { vectors, dim: tower.spec.embeddingDim, scale }
        const graph = encodeModel(labelHeadGraph(head))
        const encoder = decodeModel(new Uint8Array(await readFile(encoderPath)))
        const labelled = encodeModel(withLabelHead(encoder, head))
        return {
          head: await write(folder, 'labels', graph),
          labelled: await write(folder, 'labelled', labelled),
        }
      }),
  }
}

async function openTower(files: TextTowerFiles, threads: number): Promise<TextTower> {
  const { spec, onnxPath, tokenizerPath, tokenizerConfigPath } = files
  const [json, config] = await Promise.all([
    readFile(tokenizerPath, 'utf8'),
    tokenizerConfigPath === undefined ? undefined : readFile(tokenizerConfigPath, 'utf8'),
  ])
  return TextTower.open(onnxPath, spec, readTokenizer(json, config), threads)
}

/** Named by its content, so that files in use stay as they are. */
async function write(folder: string, kind: string, onnx: Uint8Array): Promise<NamedFile> {
  const sha256 = createHash('sha256').update(onnx).digest('hex')
  const file = `${kind}-${sha256.slice(0, 8)}.onnx`
  await writeFile(join(folder, file), onnx, { flush: true })
  return { file, sha256 }
}
