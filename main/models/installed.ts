// Models that are installed on this machine: a folder each, with an ONNX file and a card.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { fail, ok, type Result } from '../../preload/contract/errors.ts'
import type { ModelSpec } from '../engine/protocol.ts'
import type { NetworkSpec } from '../inspect/protocol.ts'

export const installedCard = z.object({
  id: z.string(),
  name: z.string(),
  inputSizePx: z.int().min(16).max(2048),
  classCount: z.int().min(1),
  embeddingDim: z.int().min(1),
  /** Layers whose units' greatest activations the quantised graph gives, in this order. */
  unitLayers: z.array(z.object({ layer: z.string(), channels: z.int().min(1) })),
  /** File names inside the folder, with their hashes. */
  quantised: z.object({ file: z.string(), sha256: z.string() }),
  /** For activations and gradients: float weights, saturation as ReLU. */
  float: z.object({ file: z.string(), sha256: z.string() }),
  /** What it was made from and by which version of the converter. */
  sourceSha256: z.string(),
  converterVersion: z.int(),
})
export type InstalledCard = Readonly<z.infer<typeof installedCard>>

export interface InstalledModel {
  readonly card: InstalledCard
  readonly spec: ModelSpec
  /** The float twin, for activations, gradients and dreams. */
  readonly network: NetworkSpec
}

/** Reads one installed model's card. */
export async function installedModel(folder: string, id: string): Promise<Result<InstalledModel>> {
  const home = join(folder, id)
  let text: string
  try {
    text = await readFile(join(home, 'model.json'), 'utf8')
  } catch {
    return fail(
      'model-missing',
      `The model ${id} is not installed (looked in ${home}).`,
      'Start Latent with npm start, or install it again: both put the model in place.',
    )
  }
  try {
    const card = installedCard.parse(JSON.parse(text))
    return ok({
      card,
      network: {
        id: card.id,
        onnxPath: join(home, card.float.file),
        inputSizePx: card.inputSizePx,
      },
      spec: {
        id: card.id,
        onnxPath: join(home, card.quantised.file),
        sha256: card.quantised.sha256,
        inputSizePx: card.inputSizePx,
        classCount: card.classCount,
        embeddingDim: card.embeddingDim,
        unitCount: card.unitLayers.reduce((sum, { channels }) => sum + channels, 0),
      },
    })
  } catch {
    return fail('model-broken', `The card of model ${id} is broken (${home}).`, 'Install it again.')
  }
}
