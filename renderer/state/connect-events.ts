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
      state.closePreview()
      state.showWorkspace('library')
      return
    case 'show-inspector':
      state.closePreview()
      state.showWorkspace('inspector')
      return
    case 'show-cloud':
      state.closePreview()
      state.showWorkspace('cloud')
      return
    case 'show-models':
      state.closePreview()
      state.showWorkspace('models')
      return
    case 'show-activity':
      state.closePreview()
      state.showWorkspace('activity')
      return
    case 'select-all':
      if (state.previewId !== null) return
      if (state.workspace === 'cloud') state.selectShown()
      else state.selectEverything()
      return
    case 'find':
      state.closePreview()
      state.focusSearch()
      return
    case 'zoom-in':
      zoom(state, 1)
      return
    case 'zoom-out':
      zoom(state, -1)
      return
    default:
      assertNever(command)
  }
}

/** Zooms what is looked at: the photo in the preview, or all tiles. */
function zoom(state: LatentState, direction: 1 | -1): void {
  if (state.previewId === null) state.stepRowHeight(direction)
  else state.stepPreviewZoom(direction)
}

/** Returns the function that ends all subscriptions. */
export function connectEvents(api: LatentApi, store: LatentStore): () => void {
  const ends = [
    api.on('job:changed', (job) => store.getState().jobChanged(job)),
    api.on('library:changed', (library) => store.getState().libraryChanged(library)),
    api.on('engine:changed', (engine) => store.getState().engineChanged(engine)),
    api.on('labels:progress', (progress) => store.getState().labellingWentOn(progress)),
    api.on('providers:cuda-changed', (cuda) => store.getState().cudaChanged(cuda)),
    api.on('models:changed', () => void store.getState().loadModels()),
    api.on('menu:command', (command) => carryOut(command, store.getState())),
    api.on('inspector:progress', (progress) => store.getState().whyProgressed(progress)),
    api.on('cloud:changed', (status) => store.getState().cloudChanged(status)),
    api.on('cloud:morphing', (progress) => store.getState().morphProgressed(progress)),
    api.on('activation-atlas:changed', (status) => store.getState().atlasChanged(status)),
    api.on('activation-atlas:dream', (dream) => store.getState().cellDreamChanged(dream)),
    api.on('dream:changed', (dream) => store.getState().dreamChanged(dream)),
    api.on('app:failure', (failure) => store.getState().tellFailure(failure)),
  ]
  return () => {
    for (const end of ends) end()
  }
}
