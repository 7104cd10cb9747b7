// What the window may say and ask about what photos really show.
import { fail, ok, type Result } from '../../preload/contract/errors.ts'
import type { Workspace } from '../app/workspace.ts'
import type { Library } from '../library/library.ts'
import { findModel, type ModelFolders } from '../models/installed.ts'
import type { Handlers, TruthRequestName } from './handle.ts'

export interface TruthServices {
  readonly workspace: Workspace
  readonly folders: ModelFolders
}

export function truthHandlers({
  workspace,
  folders,
}: TruthServices): Pick<Handlers, TruthRequestName> {
  const withLibrary = async <T>(
    work: (library: Library) => Promise<Result<T>> | Result<T>,
  ): Promise<Result<T>> => {
    const library = workspace.current
    return library === undefined
      ? fail('not-found', 'No library is open.', 'Open a folder.')
      : work(library)
  }
  return {
    'truth:say': (said) => withLibrary(async (library) => ok(await library.sayTruths(said))),
    'truth:search': ({ text }) =>
      withLibrary((library) => ok(library.judgement.searchClasses(text))),
    'truth:accuracy': ({ otherId }) =>
      withLibrary(async (library) => {
        if (otherId === undefined) return ok(await library.judgement.accuracy(null))
        const other = await findModel(folders, otherId)
        return other.ok ? ok(await library.judgement.accuracy(other.value)) : other
      }),
  }
}
