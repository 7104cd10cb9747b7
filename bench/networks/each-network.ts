// The networks of a benchmark: installed ones of a folder, and classics with weights from a seed.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type InstalledModel, modelsIn } from '../../main/models/installed.ts'
import { say } from '../measure/say.ts'
import { withScratch } from '../measure/scratch.ts'
import { classicIds, importSeeded } from './seeded-classics.ts'

/**
 * Measures one network after the other: those installed in the folder that is named, AlexNet, and with
 * `--classics` every other classic.
 *
 * @param args of the benchmark: `[<folder>] [--classics]`
 * @returns a result for each network, or why it was refused
 */
export async function eachNetwork(
  args: readonly string[],
  measure: (network: InstalledModel) => Promise<object>,
): Promise<readonly object[]> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { classics: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const [folder] = positionals
  const results: object[] = []
  const take = async (network: InstalledModel, seeded: boolean): Promise<void> => {
    const { name } = network.card
    say(name)
    results.push({ model: name, seeded, ...(await measure(network)) })
  }
  for (const network of folder === undefined ? [] : await installedIn(resolve(folder))) {
    await take(network, false)
  }
  for (const id of values.classics ? classicIds : (['alexnet'] as const)) {
    // One at a time: together they would fill a drive.
    await withScratch(async (scratch) => take(await importSeeded(id, scratch), true)).catch(
      (error) => results.push({ model: id, refused: String(error) }),
    )
  }
  return results
}

async function installedIn(folder: string): Promise<readonly InstalledModel[]> {
  const found = await modelsIn(folder)
  return found.map(({ model }) => {
    if (!model.ok) throw new Error(model.error.message)
    return model.value
  })
}
