// The networks that Latent knows by name.
import { z } from 'zod'
import entries from '../../models/catalogue.json'

const entry = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string(),
  year: z.int(),
  labels: z.literal('imagenet-1k'),
  input: z.object({ sidePx: z.int(), fit: z.literal('cover') }),
  classCount: z.int(),
  /** Leading outputs without meaning. */
  droppedClasses: z.int(),
  embeddingDim: z.int(),
  licence: z.string(),
  source: z.object({ package: z.string(), file: z.string(), sha256: z.string() }),
  notes: z.string(),
})
export type CatalogueEntry = Readonly<z.infer<typeof entry>>

export const catalogue: readonly CatalogueEntry[] = z.array(entry).parse(entries)

export const defaultModelId = 'inception-v3'

export function catalogueEntry(id: string): CatalogueEntry | undefined {
  return catalogue.find((candidate) => candidate.id === id)
}
