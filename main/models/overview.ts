// What the window is told about all models: installed, to be had, and what they hold of a library.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  CatalogueModel,
  InstalledModelInfo,
  LeftResults,
  ModelFacts,
  PairSummary,
} from '../../preload/contract/models.ts'
import type { StoredResults } from '../store/model-results.ts'
import type { InstalledCard } from './card.ts'
import { catalogueEntry, type DownloadableEntry } from './catalogue.ts'
import { type InstalledModel, type ModelFolders, modelsIn, sentenceOf } from './installed.ts'

/** Those that come with the program first. */
export async function installedModels(
  { modelsFolder, userModelsFolder }: ModelFolders,
  results: readonly StoredResults[],
): Promise<readonly InstalledModelInfo[]> {
  const infos = [modelsFolder, userModelsFolder].map(async (folder) =>
    Promise.all(
      (await modelsIn(folder)).map(({ id, model }) => {
        const builtIn = folder === modelsFolder
        return model.ok
          ? infoOf(model.value, builtIn, results)
          : { ...blank, id, name: id, builtIn, broken: sentenceOf(model.error) }
      }),
    ),
  )
  return (await Promise.all(infos)).flat()
}

async function infoOf(
  { card, folder }: InstalledModel,
  builtIn: boolean,
  results: readonly StoredResults[],
): Promise<InstalledModelInfo> {
  const own = results.find(({ modelId }) => modelId === card.id)
  const entry = catalogueEntry(card.id)
  // Another network may go by a known one's name.
  const facts = entry?.source.sha256 === card.sourceSha256 ? entry.facts : null
  return {
    id: card.id,
    name: card.name,
    builtIn,
    broken: '',
    facts,
    file: card.imported?.file ?? '',
    inputSizePx: card.inputSizePx,
    classCount: card.classCount,
    labels: card.labels.kind,
    embeddingDim: card.embeddingDim,
    embeddingLayer: card.embeddingLayer ?? card.unitLayers.at(-2)?.layer ?? '',
    layers: layersWorth(card, facts),
    // A pair’s last layer is its labels, which may change.
    canBeQuantised: card.pair === undefined && card.quantised.file === card.float.file,
    sizeBytes: await bytesOf(folder, filesOf(card)),
    msPerPhoto: own?.inferMs || card.msPerPhoto || null,
    pair: pairOf(card),
    resultPhotos: own?.photoCount ?? 0,
    resultBytes: own?.bytes ?? 0,
  }
}

const filesOf = ({ quantised, float, pair }: InstalledCard): readonly string[] => [
  quantised.file,
  float.file,
  ...(pair === undefined ? [] : [pair.encoder.file, pair.text.file, pair.tokenizer.file]),
]

const pairOf = ({ pair }: InstalledCard): PairSummary | null =>
  pair === undefined
    ? null
    : { textFile: pair.textFile, contextTokens: pair.tower.contextTokens, scale: pair.scale }

/** The first one, two on the way, and the one that photos are compared by. */
function layersWorth(
  { unitLayers, embeddingLayer }: InstalledCard,
  facts: ModelFacts | null,
): InstalledModelInfo['layers'] {
  if (facts !== null && facts.layersWorth.length > 0) return facts.layersWorth
  const names = unitLayers.map(({ layer }) => layer)
  const at = (share: number): string => names[Math.floor(share * (names.length - 1))] ?? ''
  const chosen: [string, string][] = [
    [at(0), 'edges and colours'],
    [at(1 / 3), 'textures'],
    [at(2 / 3), 'parts of things'],
    [embeddingLayer ?? '', 'what photos are compared by'],
  ]
  const seen = new Set<string>()
  return chosen.flatMap(([layer, why]) => {
    if (layer === '' || seen.has(layer)) return []
    seen.add(layer)
    return [{ layer, why }]
  })
}

/** Models that are not installed under their name. */
export const catalogueModels = (
  entries: readonly DownloadableEntry[],
  installedIds: readonly string[],
  host: string,
  stateOf: (entry: DownloadableEntry) => Promise<CatalogueModel['download']>,
): Promise<readonly CatalogueModel[]> =>
  Promise.all(
    entries
      .filter(({ id }) => !installedIds.includes(id))
      .map(async (entry) => ({
        id: entry.id,
        name: entry.name,
        facts: entry.facts,
        inputSizePx: entry.inputSizePx,
        embeddingDim: entry.embeddingDim,
        file: entry.source.path.replace(/^.*\//, ''),
        sizeBytes: entry.source.bytes,
        host,
        download: await stateOf(entry),
      })),
  )

/** Results of models that were removed. */
export const leftResults = (
  results: readonly StoredResults[],
  installedIds: readonly string[],
): readonly LeftResults[] =>
  results
    .filter(({ modelId, photoCount }) => photoCount > 0 && !installedIds.includes(modelId))
    .map(({ modelId, photoCount, bytes }) => ({ modelId, photos: photoCount, bytes }))

const blank: Omit<InstalledModelInfo, 'id' | 'name' | 'builtIn' | 'broken'> = {
  facts: null,
  file: '',
  inputSizePx: 0,
  classCount: 0,
  labels: 'none',
  embeddingDim: 0,
  embeddingLayer: '',
  layers: [],
  canBeQuantised: false,
  sizeBytes: 0,
  msPerPhoto: null,
  pair: null,
  resultPhotos: 0,
  resultBytes: 0,
}

async function bytesOf(folder: string, files: readonly string[]): Promise<number> {
  const sizes = [...new Set(files)].map(
    async (file) => (await stat(join(folder, file)).catch(() => undefined))?.size ?? 0,
  )
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}
