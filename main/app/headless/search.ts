// `latent search`: the photos of a library that a text describes best.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Atlas } from '../../atlas/atlas.ts'
import { halvesOf } from '../../atlas/vectors/half-bits.ts'
import { LibrarySearch } from '../../cloud/library-search.ts'
import { forDisplay } from '../../engine/os-path.ts'
import { vectorFile } from '../../store/vector-file.ts'
import { TextEncoder } from '../../text/text-encoder.ts'
import { forkAsUtility } from '../fork-utility.ts'
import type { Places } from '../places.ts'
import { numberWithin, readArguments, wholeNumber } from './arguments.ts'
import { round } from './classify.ts'
import { commandModel } from './command-model.ts'
import { libraryHome, libraryOptions, openCommandLibrary } from './library-command.ts'
import { type ExitCode, exitCode, printLine, UsageError } from './output.ts'

export const searchHelp = `Usage: latent search <text> --library <dir> --model id [--top 20] [--from -1]

Prints a JSON line {"path","similarity"} a photo that the text describes, best first. Similarity is
the exact cosine of the text's vector and the photo's; how high it gets depends on the network.
The model must be a pair of a picture and a text network (see latent models import), and the library
indexed with it: latent index <folder> --library <dir> --model id.

  --top n   so many photos at most
  --from s  only photos from this similarity on

Exit code: 0 complete, 1 failed, 2 wrong usage.`

export async function search(argv: readonly string[], at: Places): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, {
    ...libraryOptions,
    top: { type: 'string', default: '20' },
    from: { type: 'string', default: '-1' },
  })
  const text = positionals.join(' ').trim()
  if (text === '') throw new UsageError('Expected a text to search for.')
  const home = libraryHome(values.library)
  const top = wholeNumber('top', values.top, 1)
  const from = numberWithin('from', values.from, -1, 1)
  const model = await commandModel(at, values.model)
  if (model.text === undefined) {
    throw new UsageError(
      `${model.card.name} has no text network: search needs a model that was imported with one.`,
    )
  }
  if ((await stat(join(home, 'library.sqlite')).catch(() => undefined)) === undefined) {
    throw new Error(`${values.library} holds no library. Make one with latent index.`)
  }
  const store = await openCommandLibrary(home, at, model)
  const atlas = new Atlas(forkAsUtility(at.atlasEntry, 'Latent atlas'))
  const texts = new TextEncoder(forkAsUtility(at.textEntry, 'Latent text'))
  try {
    const halves = halvesOf(await texts.embed(model.text, text))
    const vectors = vectorFile(home, model.spec)
    const library = new LibrarySearch({ atlas, store, vectors })
    const { ids, similarities } = await library.nearest({ halves }, top, 'cosine')
    for (const [i, id] of ids.entries()) {
      const similarity = similarities[i] ?? 0
      const path = await store.pathOf(id)
      if (path === undefined || similarity < from) continue
      printLine({ path: forDisplay(path), similarity: round(similarity, 6) })
    }
    return exitCode.complete
  } finally {
    texts.dispose()
    atlas.dispose()
    await store.close()
  }
}
