// Turns text into the numbers that a text network was trained on, as its tokenizer.json says.
import { Tokenizer } from '@huggingface/tokenizers'
import { z } from 'zod'

/** The largest in use (256,000 pieces, many languages) has about 35 MB. */
export const mostTokenizerBytes = 64 * 2 ** 20

export interface TextTokenizer {
  /** With the marks for a text's begin and end, where the file has them; of any length. */
  encode(text: string): readonly number[]
  /** Number of the mark that ends every text; undefined when there is none. */
  readonly endId: number | undefined
  /** What fills a text up to a length. */
  readonly padId: number
  /** One more than the largest number. */
  readonly size: number
  /** Tokens of the longest text, where a file says so. */
  readonly contextTokens: number | undefined
}

const tokenizerFile = z.looseObject({
  model: z.looseObject({
    type: z.enum(['BPE', 'Unigram', 'WordPiece', 'WordLevel']).optional(),
    vocab: z.union([z.record(z.string(), z.int().min(0)), z.array(z.unknown())]),
  }),
  truncation: z.looseObject({ max_length: z.number().optional() }).nullish(),
  padding: z.looseObject({ pad_id: z.int().min(0).optional() }).nullish(),
})

const token = z.union([z.string(), z.looseObject({ content: z.string() })])
const configFile = z.looseObject({
  model_max_length: z.number().nullish(),
  pad_token: token.nullish(),
})

/** Some files write "no limit" as a number with thirty digits. */
const longestContext = 4096

/**
 * @param json of a tokenizer.json
 * @param config of the tokenizer_config.json beside it, where there is one
 * @throws Error with a sentence when a file is not what it should be
 */
export function readTokenizer(json: string, config: string | undefined): TextTokenizer {
  const file = tokenizerFile.safeParse(parsed(json, 'tokenizer.json'))
  if (!file.success) {
    const [issue] = file.error.issues
    const where = issue?.path.join('.') || 'its form'
    throw new Error(`tokenizer.json is not a tokenizer’s: ${where}: ${issue?.message ?? 'unknown'}`)
  }
  const settings = configFile.safeParse(
    config === undefined ? {} : parsed(config, 'tokenizer_config.json'),
  )
  const told = settings.success ? settings.data : {}
  let tokenizer: Tokenizer
  let bare: readonly number[]
  try {
    tokenizer = new Tokenizer(file.data, told)
    bare = tokenizer.encode('').ids
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`tokenizer.json cannot be used: ${reason}`)
  }
  const encode = (text: string): readonly number[] => tokenizer.encode(text).ids
  const endId = bare.at(-1)
  const { pad_token: pad } = told
  const named =
    pad === undefined || pad === null ? undefined : typeof pad === 'string' ? pad : pad.content
  const lengths = [told.model_max_length, file.data.truncation?.max_length]
  let largest = 0
  for (const id of tokenizer.get_vocab().values()) largest = Math.max(largest, id)
  return {
    encode,
    endId,
    padId:
      (named === undefined ? undefined : tokenizer.token_to_id(named)) ??
      file.data.padding?.pad_id ??
      endId ??
      0,
    size: largest + 1,
    contextTokens: lengths
      .filter((length) => typeof length === 'number')
      .find((length) => length >= 2 && length <= longestContext),
  }
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${name} is no JSON.`)
  }
}
