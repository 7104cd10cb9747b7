// Installs a quantised network beside the one that it was made from.
import { copyFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { InstalledModel } from './installed.ts'
import type { QuantiseReport } from './quantise-protocol.ts'

/** What the network is written to before it is kept. */
export const quantisedFile = 'quantised.onnx'

/** How the twin is called. */
export const quantisedId = (id: string): string => `${id}-int8`

/**
 * The float network goes with it, for the Inspector and for graphics devices.
 *
 * @param folder with {@link quantisedFile}; becomes `home` in one step
 */
export async function keepQuantised(
  folder: string,
  home: string,
  { card, network }: InstalledModel,
  { sha256, unitLayers }: QuantiseReport,
): Promise<void> {
  await copyFile(network.onnxPath, join(folder, 'float.onnx'))
  if (card.labels.kind === 'file') {
    const { file } = card.labels
    await copyFile(join(dirname(network.onnxPath), file), join(folder, file))
  }
  const { msPerPhoto: _another, ...same } = card
  const twin = {
    ...same,
    id: quantisedId(card.id),
    name: `${card.name} (int8)`,
    quantised: { file: quantisedFile, sha256 },
    unitLayers,
    float: { ...card.float, file: 'float.onnx' },
  }
  await writeFile(join(folder, 'model.json'), JSON.stringify(twin, null, 2), { flush: true })
  await rename(folder, home)
}
