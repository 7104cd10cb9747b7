// The text side of a pair, inside the disposable process: read, rewritten, tried.
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ToldCard } from '../../preload/contract/model-card.ts'
import { decodeModel, encodeModel } from '../onnx/codec.ts'
import { floatConstant } from '../onnx/constants.ts'
import { graphOf, indexGraph } from '../onnx/graph.ts'
import { type LabelHead, labelHeadGraph } from '../onnx/label-head.ts'
import type { Model } from '../onnx/model.ts'
import { cutAt } from '../onnx/rewrites/cut.ts'
import { imageInput } from '../onnx/rewrites/pixel-input.ts'
import { widenHalves } from '../onnx/rewrites/widen-halves.ts'
import { inferShapes } from '../onnx/shapes/infer-shapes.ts'
import { guessTextTower, takesText } from '../text/guess-text-tower.ts'
import { labelVectors } from '../text/label-vectors.ts'
import { photoSubjects } from '../text/photo-subjects.ts'
import { prepareTextTower } from '../text/prepare-text-tower.ts'
import { usualTemplates } from '../text/prompts.ts'
import { mostTokenizerBytes, readTokenizer } from '../text/tokenizer.ts'
import type { TextTowerSpec } from '../text/tower-spec.ts'
import { tryTextTower } from '../text/try-text-tower.ts'
import { embeddingDim } from './guess-output.ts'
import type { ClassName } from './labels.ts'
import type { PairFiles } from './pair-files.ts'
import { pairSettings, readBounded } from './pair-settings.ts'
import { refuseGraph } from './refuse-graph.ts'
import type { PreparedPair, WrittenFile } from './trial-protocol.ts'

/** The longest text where nothing says how long one may be: CLIP's. */
const usualContextTokens = 77
/** One sentence a label, so that the trial is soon over. */
const firstTemplates = usualTemplates.slice(0, 1)

export interface TextSide {
  readonly pair: PreparedPair
  /** The labels that it begins with. */
  readonly head: LabelHead
  readonly classes: readonly ClassName[]
  /** What is known of the picture side by now. */
  readonly told: ToldCard
  /** Cuts the picture's side out of a file that holds both. */
  readonly pictureOf: (model: Model) => Model
  readonly notes: readonly string[]
}

/**
 * @param picture the picture network, of whose outputs one must be as wide as the text's
 * @throws Error with the reason why the files are no pair
 */
export async function prepareTextSide(
  picture: Model,
  files: PairFiles,
  { told, outFolder, isOneFile }: { told: ToldCard; outFolder: string; isOneFile: boolean },
  onStage: (stage: string) => void,
): Promise<TextSide> {
  onStage('while the tokenizer was read')
  const [json, config] = await Promise.all([
    readBounded(files.tokenizer, mostTokenizerBytes),
    files.tokenizerConfig === undefined
      ? undefined
      : readBounded(files.tokenizerConfig, mostTokenizerBytes),
  ])
  const settings = await pairSettings(files)
  const tokenizer = readTokenizer(json, config)
  onStage('while the text network was read')
  const source = isOneFile ? picture : await readText(files.text)
  const guessed = guessTextTower(source)
  if (guessed.vocabulary !== undefined && tokenizer.size > guessed.vocabulary) {
    throw new Error(
      `The tokenizer has ${tokenizer.size} tokens and ${basename(files.text)} knows ${guessed.vocabulary}: they are not of one model.`,
    )
  }
  const { text, image } = matched(picture, guessed.outputs, told.embedding?.value)
  const { model, output } = prepareTextTower(source, text)
  const inputs = stillTaken(model, guessed.inputs)
  const spec = {
    inputs,
    output,
    embeddingDim: text.dim,
    contextTokens:
      guessed.fixedTokens ??
      settings.contextTokens ??
      tokenizer.contextTokens ??
      usualContextTokens,
    padId: tokenizer.padId,
  }
  const onnx = encodeModel(model)
  await writeFile(join(outFolder, 'text.onnx'), onnx, { flush: true })
  const { tower, notes } = await tryTextTower(
    join(outFolder, 'text.onnx'),
    { ...spec, fills: guessed.fixedTokens !== undefined },
    tokenizer,
    onStage,
  )
  onStage('while its first labels were read')
  const vectors = await labelVectors(tower, photoSubjects, firstTemplates)
  await tower.dispose()
  const scale = scaleIn(source) ?? scaleIn(picture) ?? settings.usualScale
  const head = { vectors, dim: text.dim, scale }
  const write = (file: string, content: string | Uint8Array): Promise<WrittenFile> =>
    written(outFolder, file, content)
  return {
    pair: {
      text: { file: 'text.onnx', sha256: sha256(onnx) },
      tokenizer: await write('tokenizer.json', json),
      tokenizerConfig:
        config === undefined ? undefined : await write('tokenizer_config.json', config),
      head: await write('labels.onnx', encodeModel(labelHeadGraph(head))),
      tower: tower.spec,
      scale,
      templates: firstTemplates,
      textFile: basename(files.text),
    },
    head,
    classes: photoSubjects.map((name) => ['', name]),
    told: pictureCard(told, settings.told, image, settings.sidePx, picture),
    pictureOf: (model) =>
      takesText(indexGraph(graphOf(model)))
        ? onlyPicture(cutAt(model, { inputs: [], outputs: [image.value] }))
        : model,
    notes: [...settings.notes, ...notes],
  }
}

/** @throws Error naming the file, of which a person brought several */
async function readText(path: string): Promise<Model> {
  const name = basename(path)
  const bytes = await readFile(path).catch(() => undefined)
  if (bytes === undefined) throw new Error(`${name} is no file that can be read.`)
  if (bytes.length === 0) throw new Error(`${name} is empty.`)
  try {
    const model = decodeModel(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length))
    refuseGraph(model)
    return widenHalves(model)
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

interface Vector {
  readonly value: string
  readonly dim: number
}

/** The first of the text's vectors that is as wide as one of the picture's. */
function matched(
  picture: Model,
  texts: readonly Vector[],
  wanted: string | undefined,
): { text: Vector; image: Vector } {
  const known = inferShapes(picture)
  const named = graphOf(picture).outputs.map(({ name }) => name)
  const likely = [
    /^image_embeds$/,
    /(image|vision|visual).*(embed|feature)/i,
    /embed|feature/i,
    /./,
  ]
  const images = (wanted === undefined ? named : [wanted])
    .flatMap((value): Vector[] => {
      const found = known.get(value)
      const dim = embeddingDim(found)
      return dim === undefined || found?.shape?.length !== 2 || /text|logits/i.test(value)
        ? []
        : [{ value, dim }]
    })
    .toSorted((a, b) => rankOf(a.value, likely) - rankOf(b.value, likely))
  for (const text of texts) {
    if (/image|logits/i.test(text.value)) continue
    const image = images.find(({ dim }) => dim === text.dim)
    if (image !== undefined) return { text, image }
  }
  const widths = (vectors: readonly Vector[]): string =>
    vectors.length === 0 ? 'none' : vectors.map(({ value, dim }) => `${value} of ${dim}`).join(', ')
  throw new Error(
    `The two do not match: pictures give ${widths(images)} numbers, texts ${widths(texts)}. One of them may have been exported without its projection.`,
  )
}

const rankOf = (name: string, patterns: readonly RegExp[]): number =>
  patterns.findIndex((pattern) => pattern.test(name))

/** Inputs that the vector does not need are gone from the graph. */
function stillTaken(model: Model, inputs: TextTowerSpec['inputs']): TextTowerSpec['inputs'] {
  const { inputs: left } = indexGraph(graphOf(model))
  const kept = (name: string): string => (left.includes(name) ? name : '')
  const known = [inputs.ids, inputs.mask, inputs.positions, inputs.types]
  const other = left.find((name) => !known.includes(name))
  if (other !== undefined) {
    throw new Error(
      imageInput(indexGraph(graphOf(model)))?.info.name === other
        ? 'Its text side needs the picture as well: the two cannot be told apart.'
        : `Its text side wants the input ${other}, which is not known.`,
    )
  }
  if (!left.includes(inputs.ids)) throw new Error('Its text side does not depend on the text.')
  return {
    ...inputs,
    mask: kept(inputs.mask),
    positions: kept(inputs.positions),
    types: kept(inputs.types),
  }
}

function onlyPicture(model: Model): Model {
  if (takesText(indexGraph(graphOf(model)))) {
    throw new Error('Its picture side needs the text as well: the two cannot be told apart.')
  }
  return model
}

/** exp of the learnt `logit_scale`, where the file still has it by that name. */
function scaleIn(model: Model): number | undefined {
  const index = indexGraph(graphOf(model))
  const name = [...index.initializers.keys()].find((known) => /logit_scale$/.test(known))
  const value = name === undefined ? undefined : floatConstant(index, name)?.data[0]
  const scale = value === undefined ? undefined : Math.exp(value)
  return scale !== undefined && scale >= 1 && scale <= 1000 ? scale : undefined
}

function pictureCard(
  told: ToldCard,
  settings: Pick<ToldCard, 'preprocessing'>,
  { value, dim }: Vector,
  sidePx: number | undefined,
  picture: Model,
): ToldCard {
  const image = imageInput(indexGraph(graphOf(picture)))
  const isFree = image !== undefined && image.height.param !== ''
  const input = { ...(isFree && sidePx !== undefined ? { sidePx } : {}), ...told.input }
  return {
    ...told,
    input,
    preprocessing: { ...settings.preprocessing, ...told.preprocessing },
    output: { kind: 'none' },
    embedding: { value, dim },
  }
}

async function written(
  folder: string,
  file: string,
  content: string | Uint8Array,
): Promise<WrittenFile> {
  await writeFile(join(folder, file), content, { flush: true })
  return { file, sha256: sha256(content) }
}

const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex')
