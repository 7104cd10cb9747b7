// What a person said of photos in the window, for commands that know files by their paths.
import type { Truth } from '../../../preload/contract/truth.ts'
import { forDisplay } from '../../engine/os-path.ts'
import type { Store } from '../../store/store-calls.ts'

const photosAtOnce = 1000

export async function saidByPath(store: Store): Promise<ReadonlyMap<string, Truth>> {
  const { said } = await store.truthColumns()
  const ids = [...said.keys()]
  const found = new Map<string, Truth>()
  for (let at = 0; at < ids.length; at += photosAtOnce) {
    for (const { path, truth } of await store.photos(ids.slice(at, at + photosAtOnce))) {
      if (truth !== null) found.set(forDisplay(path), truth)
    }
  }
  return found
}
