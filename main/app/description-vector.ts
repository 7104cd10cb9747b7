// What a description means to the model in use, as a vector beside its photos'.
import { CallError } from '../inspect/calls.ts'
import type { InstalledModel } from '../models/installed.ts'
import type { TextEncoder } from '../text/text-encoder.ts'

/** @returns of unit length, [embeddingDim] @throws CallError `refused` without a text network */
export async function descriptionVector(
  { card, text }: InstalledModel,
  texts: TextEncoder,
  description: string,
): Promise<Float32Array> {
  if (text === undefined) throw new CallError('refused', `${card.name} has no text network.`)
  return texts.embed(text, description)
}
