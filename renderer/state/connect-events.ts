// Carries main's events into the store.
import type { LatentApi } from '../../preload/contract/api.ts'
import { assertNever } from '../../preload/contract/errors.ts'
import type { MenuCommand } from '../../preload/contract/events.ts'
import type { LatentState } from './slice.ts'
import type { LatentStore } from './store.ts'

function carryOut(command: MenuCommand, state: LatentState): void {
  switch (command) {
    case 'open-folder':
      void state.pickFolder()
      return
    case 'show-library':
      state.showWorkspace('library')
      return
    case 'show-activity':
      state.showWorkspace('activity')
      return
    case 'select-all':
      state.selectEverything()
      return
    case 'find':
      state.focusSearch()
      return
    case 'zoom-in':
      state.stepRowHeight(1)
      return
    case 'zoom-out':
      state.stepRowHeight(-1)
      return
    default:
      assertNever(command)
  }
}

/** Returns the function that ends all subscriptions. */
export function connectEvents(api: LatentApi, store: LatentStore): () => void {
  const ends = [
    api.on('job:changed', (job) => store.getState().jobChanged(job)),
    api.on('library:changed', (library) => store.getState().libraryChanged(library)),
    api.on('engine:changed', (engine) => store.getState().engineChanged(engine)),
    api.on('menu:command', (command) => carryOut(command, store.getState())),
    api.on('app:failure', (failure) => store.getState().tellFailure(failure)),
  ]
  return () => {
    for (const end of ends) end()
  }
}
