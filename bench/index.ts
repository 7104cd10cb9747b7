// `npm run bench -- <name>`: measurements with their limits, as JSON on stdout.
import { benchIndex } from './index-folder.ts'

const [name, ...rest] = process.argv.slice(2)
if (name === 'index') {
  process.stdout.write(`${JSON.stringify(await benchIndex(rest), null, 2)}\n`)
} else {
  process.stderr.write('Usage: npm run bench -- index [folder]\n')
  process.exitCode = 2
}
