// Which files beside a picture network make a pair of it: text network, tokenizer, settings.
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** What goes with a picture network. */
export interface PairFiles {
  /** The picture network's own file, where one file holds both. */
  readonly text: string
  /** tokenizer.json. */
  readonly tokenizer: string
  readonly tokenizerConfig: string | undefined
  /** preprocessor_config.json: how pictures are to be scaled. */
  readonly preprocessor: string | undefined
  /** config.json: lengths and kinds. */
  readonly config: string | undefined
}

export interface FoundPair {
  readonly picture: string
  readonly pair: PairFiles
}

const pictureNames = /^(vision_model|vision|visual|image_encoder|image_model|clip_image)/i
const textNames = /^(text_model|text|textual|text_encoder|clip_text)([^a-z]|$)/i
const wholeName = /^(model|clip|siglip)/i

/**
 * Looks through a folder as optimum and transformers.js write it (`tokenizer.json`, `config.json`
 * and `onnx/`), or around one of its ONNX files.
 *
 * @returns undefined where the path is no pair's
 */
export async function pairAt(path: string): Promise<FoundPair | undefined> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true
  const folder = isFolder ? path : dirname(path)
  const roots = !isFolder && basename(folder) === 'onnx' ? [folder, dirname(folder)] : [folder]
  for (const root of roots) {
    const names = await namesIn(root)
    if (!names.includes('tokenizer.json')) continue
    const inner = join(root, 'onnx')
    const networks = [...(await networksIn(root)), ...(await networksIn(inner))]
    const picture = isFolder
      ? chosenPicture(networks)
      : networks.find((network) => network === path)
    if (picture === undefined) return undefined
    const text = textFor(picture, networks)
    if (text === undefined) return undefined
    return { picture, pair: { text, ...settingsBeside(root, names) } }
  }
  return undefined
}

/** @param tokenizer path of a tokenizer.json; what lies beside it under the usual names is used too */
export async function pairWith(text: string, tokenizer: string): Promise<PairFiles> {
  const root = dirname(tokenizer)
  return { text, ...settingsBeside(root, await namesIn(root)), tokenizer }
}

function settingsBeside(root: string, names: readonly string[]): Omit<PairFiles, 'text'> {
  const at = (name: string): string | undefined =>
    names.includes(name) ? join(root, name) : undefined
  return {
    tokenizer: join(root, 'tokenizer.json'),
    tokenizerConfig: at('tokenizer_config.json'),
    preprocessor: at('preprocessor_config.json'),
    config: at('config.json'),
  }
}

/** The plain one first: its variants (quantized, fp16) have longer names. */
function chosenPicture(networks: readonly string[]): string | undefined {
  const plainFirst = networks.toSorted((a, b) => basename(a).length - basename(b).length)
  return (
    plainFirst.find((network) => pictureNames.test(basename(network))) ??
    plainFirst.find((network) => wholeName.test(basename(network)))
  )
}

/** The same variant, or else the plain one; a whole model's own file. */
function textFor(picture: string, networks: readonly string[]): string | undefined {
  const name = basename(picture)
  if (!pictureNames.test(name)) {
    return wholeName.test(name) ? picture : undefined
  }
  const variant = name.replace(pictureNames, '')
  const texts = networks
    .filter((network) => textNames.test(basename(network)))
    .toSorted((a, b) => basename(a).length - basename(b).length)
  return texts.find((network) => basename(network).endsWith(variant)) ?? texts[0]
}

const namesIn = async (folder: string): Promise<readonly string[]> =>
  readdir(folder).catch(() => [])

const networksIn = async (folder: string): Promise<readonly string[]> =>
  (await namesIn(folder)).filter((name) => /\.onnx$/i.test(name)).map((name) => join(folder, name))
