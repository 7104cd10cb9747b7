// Models that are installed on this machine: a folder each, with ONNX files and a card.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type Failure, fail, ok, type Result } from '../../preload/contract/errors.ts'
import { modelId } from '../../preload/contract/model-card.ts'
import type { ModelSpec } from '../engine/protocol.ts'
import type { NetworkSpec } from '../inspect/protocol.ts'
import type { TextTowerFiles } from '../text/tower-spec.ts'
import { type InstalledCard, installedCard } from './card.ts'
import { imagenet1k, type LabelSet, labelSet } from './labels.ts'

export interface InstalledModel {
  readonly card: InstalledCard
  readonly folder: string
  readonly spec: ModelSpec
  /** The float twin, for activations, gradients and dreams. */
  readonly network: NetworkSpec
  readonly labels: LabelSet
  /** The text network of a pair. */
  readonly text?: TextTowerFiles | undefined
}

/** The program's own models and the person's. */
export interface ModelFolders {
  /** Comes with the program; read only. */
  readonly modelsFolder: string
  readonly userModelsFolder: string
}

/** Finds a model in either folder; the program's own come first. */
export async function findModel(
  { modelsFolder, userModelsFolder }: ModelFolders,
  id: string,
): Promise<Result<InstalledModel>> {
  const own = await installedModel(modelsFolder, id)
  if (own.ok || own.error.code !== 'model-missing') return own
  const theirs = await installedModel(userModelsFolder, id)
  return theirs.ok || theirs.error.code !== 'model-missing' ? theirs : own
}

/** Every model of one folder, by id; broken ones as what is wrong with them. */
export async function modelsIn(
  folder: string,
): Promise<readonly { readonly id: string; readonly model: Result<InstalledModel> }[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const ids = entries
    .filter((entry) => entry.isDirectory() && modelId.safeParse(entry.name).success)
    .map(({ name }) => name)
    .filter((name) => !name.endsWith('.incoming'))
    .toSorted()
  return Promise.all(ids.map(async (id) => ({ id, model: await installedModel(folder, id) })))
}

/** Reads the card of one model. */
export async function installedModel(folder: string, id: string): Promise<Result<InstalledModel>> {
  const home = join(folder, id)
  if (!modelId.safeParse(id).success) return missing(id, folder)
  let text: string
  try {
    text = await readFile(join(home, 'model.json'), 'utf8')
  } catch {
    return missing(id, home)
  }
  try {
    const card = installedCard.parse(JSON.parse(text))
    return ok({
      card,
      folder: home,
      labels: await labelsOf(card, home),
      text: textOf(card, home),
      network: {
        id: card.id,
        onnxPath: join(home, card.float.file),
        inputSizePx: card.inputSizePx,
        embeddingLayer: card.embeddingLayer,
      },
      spec: {
        id: card.id,
        onnxPath: join(home, card.quantised.file),
        // Labels may change without the results being another network's.
        sha256: card.pair?.encoder.sha256 ?? card.quantised.sha256,
        labelling: labellingOf(card),
        inputSizePx: card.inputSizePx,
        classCount: card.classCount,
        embeddingDim: card.embeddingDim,
        unitCount: card.unitLayers.reduce((sum, { channels }) => sum + channels, 0),
        ...(card.float.file !== card.quantised.file && {
          float: { onnxPath: join(home, card.float.file), unitLayers: card.unitLayers },
        }),
      },
    })
  } catch {
    return fail('model-broken', `The card of model ${id} is broken (${home}).`, 'Install it again.')
  }
}

function textOf({ pair }: InstalledCard, home: string): TextTowerFiles | undefined {
  if (pair === undefined) return undefined
  const { tower, text, tokenizer, tokenizerConfig } = pair
  return {
    spec: tower,
    onnxPath: join(home, text.file),
    sha256: text.sha256,
    tokenizerPath: join(home, tokenizer.file),
    tokenizerConfigPath: tokenizerConfig && join(home, tokenizerConfig.file),
  }
}

/** A number for the labels in use; 0 for a network whose classes are its own. */
export const labellingOf = ({ pair }: InstalledCard): number =>
  pair === undefined ? 0 : Number.parseInt(pair.head.sha256.slice(0, 12), 16)

/** For a command or a window that cannot go on without the model. */
export const sentenceOf = ({ message, hint }: Failure): string => `${message} ${hint}`.trim()

const missing = (id: string, home: string): Result<never> =>
  fail(
    'model-missing',
    `The model ${id} is not installed (looked in ${home}).`,
    'Start Latent with npm start, or install it again: both put the model in place.',
  )

export const classNames = z.array(z.tuple([z.string(), z.string()]))

async function labelsOf({ labels, classCount }: InstalledCard, home: string): Promise<LabelSet> {
  switch (labels.kind) {
    case 'imagenet-1k':
      return imagenet1k
    case 'numbers':
    case 'none':
      return labelSet([], classCount)
    case 'file': {
      const text = await readFile(join(home, labels.file), 'utf8')
      return labelSet(classNames.parse(JSON.parse(text)), classCount)
    }
  }
}
