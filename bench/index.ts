// `npm run bench -- <name>`: measurements with their limits, as JSON on stdout.
import { benchIndex } from './index/index-folder.ts'
import { benchPhotos } from './photos/make-photos.ts'

type Benchmark = (args: readonly string[]) => Promise<object>

const benchmarks: Readonly<Record<string, Benchmark>> = {
  index: benchIndex,
  photos: benchPhotos,
}

const usage = `Usage: npm run bench -- <benchmark>

  index <folder>                  decoding, inference, both together, and other programs
  photos <folder> [--count 20]    makes 24-megapixel photos for the others`

const [name = '', ...rest] = process.argv.slice(2)
const benchmark = benchmarks[name]
if (benchmark === undefined) {
  process.stderr.write(`${usage}\n`)
  process.exitCode = 2
} else {
  process.stdout.write(`${JSON.stringify(await benchmark(rest), null, 2)}\n`)
}
