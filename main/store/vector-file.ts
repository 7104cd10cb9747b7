// Where a library keeps a model's embeddings, for those who read them without the database.
import { join } from 'node:path'

/** A {@link RecordFile} of half floats; a photo's slot is its id - 1. */
export interface VectorFile {
  readonly path: string
  readonly tag: string
  readonly embeddingDim: number
}

/** @param folder of the library */
export function vectorFile(
  folder: string,
  { id, sha256, embeddingDim }: { id: string; sha256: string; embeddingDim: number },
): VectorFile {
  const hash = sha256.slice(0, 8)
  return {
    path: join(folder, 'vectors', `${id}-${hash}.f16`),
    tag: `f16 ${id} ${hash}`,
    embeddingDim,
  }
}

/** Those among a folder's files that hold a model's embeddings, whatever its version. */
export const vectorFilesOf = (names: readonly string[], modelId: string): readonly string[] =>
  names.filter(
    (name) =>
      name.startsWith(`${modelId}-`) && /^[0-9a-f]{8}\.f16$/.test(name.slice(modelId.length + 1)),
  )
