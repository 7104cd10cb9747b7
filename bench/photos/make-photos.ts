// `bench -- photos <folder>`: makes large photos for the other benchmarks.
import { stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { numberOption } from '../measure/number-option.ts'
import { makeLargePhotos } from './large-photos.ts'

export async function benchPhotos(args: readonly string[]): Promise<object> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { count: { type: 'string', default: '20' } },
  })
  const [folder] = positionals
  if (folder === undefined) throw new Error('Expected a folder: bench -- photos <folder>')
  const paths = await makeLargePhotos(folder, numberOption('count', values.count))
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size))
  return {
    photos: paths.length,
    meanBytes: Math.round(sizes.reduce((a, b) => a + b, 0) / sizes.length),
  }
}
