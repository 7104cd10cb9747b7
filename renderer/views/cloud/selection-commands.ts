// Commands on the selected photos.
import type { Command, CommandContext } from '../palette/command.ts'
import { motionMs } from './glide.ts'

const inCloud = ({ state }: CommandContext): boolean =>
  state.workspace === 'cloud' && state.cloudData !== null

const someSelected = (context: CommandContext): boolean =>
  inCloud(context) && context.state.selection.ids.size > 0

/** The one photo that is meant: the focused one, or the only selected one. */
function meantPhoto({ state }: CommandContext): number | null {
  const { ids, focusId } = state.selection
  if (focusId !== null) return focusId
  const [only] = ids
  return ids.size === 1 && only !== undefined ? only : null
}

const oneMeant = (context: CommandContext): boolean =>
  inCloud(context) && meantPhoto(context) !== null

export const selectionCommands: readonly Command[] = [
  {
    id: 'select-shown',
    name: 'Select all that is shown',
    shortcut: 'Mod+A',
    heard: 'canvas',
    enabled: inCloud,
    run: ({ state }) => state.selectShown(),
  },
  {
    id: 'clear',
    name: 'Clear: tool, selection, then what is isolated',
    shortcut: 'Escape',
    heard: 'canvas',
    enabled: inCloud,
    run: ({ state }) => {
      if (state.cloudTool !== 'move') state.chooseTool('move')
      else if (state.selection.ids.size > 0) state.clearSelected()
      else if (state.legendKeys.size > 0) state.clearLegendKeys()
      else state.isolate(null)
    },
  },
  {
    id: 'select-none',
    name: 'Select none',
    enabled: someSelected,
    run: ({ state }) => state.clearSelected(),
  },
  {
    id: 'invert',
    name: 'Invert the selection',
    shortcut: 'Shift+I',
    heard: 'canvas',
    enabled: inCloud,
    run: ({ state }) => state.invertShown(),
  },
  {
    id: 'isolate',
    name: 'Show only the selection',
    shortcut: 'I',
    heard: 'canvas',
    enabled: someSelected,
    run: ({ state, scene }) => {
      state.isolateSelected()
      // The scene hears of it with the next render.
      setTimeout(() => scene?.fit(null, motionMs()))
    },
  },
  {
    id: 'show-all',
    name: 'Show all photos again',
    shortcut: 'A',
    heard: 'canvas',
    enabled: (context) => inCloud(context) && context.state.isolated !== null,
    run: ({ state, scene }) => {
      state.isolate(null)
      setTimeout(() => scene?.fit(null, motionMs()))
    },
  },
  {
    id: 'lasso',
    name: 'Lasso',
    shortcut: 'L',
    heard: 'canvas',
    enabled: inCloud,
    run: ({ state }) => state.chooseTool(state.cloudTool === 'lasso' ? 'move' : 'lasso'),
  },
  {
    id: 'box',
    name: 'Box selection',
    shortcut: 'B',
    heard: 'canvas',
    enabled: inCloud,
    run: ({ state }) => state.chooseTool(state.cloudTool === 'box' ? 'move' : 'box'),
  },
  {
    id: 'open-photo',
    name: 'Open the photo',
    shortcut: 'Enter',
    heard: 'canvas',
    enabled: oneMeant,
    run: (context) => context.state.openPreview(meantPhoto(context) ?? 0),
  },
  {
    id: 'look-inside',
    name: 'Look inside the network with the photo',
    shortcut: 'O',
    heard: 'canvas',
    enabled: oneMeant,
    run: (context) => {
      const id = meantPhoto(context) ?? 0
      const name = context.state.rows.get(id)?.row.name ?? 'Photo'
      void context.state.inspect({ kind: 'photo', id }, name)
    },
  },
  {
    id: 'more-like',
    name: 'Find more like the selection',
    shortcut: 'M',
    heard: 'canvas',
    enabled: someSelected,
    run: ({ state }) => state.addToTray('more', state.selection.ids),
  },
  {
    id: 'less-like',
    name: 'Find less like the selection',
    shortcut: 'U',
    heard: 'canvas',
    enabled: (context) => someSelected(context) && context.state.trays !== null,
    run: ({ state }) => state.addToTray('less', state.selection.ids),
  },
  {
    id: 'neighbours',
    name: 'Show or hide the nearest photos of the selected one',
    shortcut: 'N',
    heard: 'canvas',
    enabled: inCloud,
    run: ({ state }) => state.showNeighbours(!state.neighboursShown),
  },
]
