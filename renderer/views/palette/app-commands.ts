// Commands that work wherever the person is.
import { photosInMind } from '../../state/truth-slice.ts'
import type { Command, CommandContext } from './command.ts'

const hasLibrary = ({ state }: CommandContext): boolean => state.library !== null

export const appCommands: readonly Command[] = [
  {
    id: 'palette',
    name: 'Find a command',
    shortcut: 'Mod+K',
    heard: 'window',
    run: ({ state }) => state.showPalette(true),
  },
  {
    id: 'find',
    name: 'Search photos',
    shortcut: 'Mod+F',
    heard: 'window',
    enabled: ({ state }) => state.library !== null && state.previewId === null,
    run: ({ state }) => state.focusSearch(),
  },
  {
    id: 'say-truth',
    name: 'Say what the photos show…',
    shortcut: 'Mod+T',
    heard: 'window',
    enabled: ({ state }) => state.library !== null && photosInMind(state).length > 0,
    run: ({ state }) => state.askTruth(),
  },
  {
    id: 'take-back-truth',
    name: 'Undo what was said of photos',
    shortcut: 'Mod+Z',
    heard: 'window',
    enabled: ({ state }) => state.truthsToTakeBack.length > 0,
    run: ({ state }) => void state.takeBackTruth(),
  },
  {
    id: 'show-corrected',
    name: 'Show photos that were corrected',
    enabled: hasLibrary,
    run: ({ state }) => {
      state.changeFilter({ truth: 'corrected' })
      state.showWorkspace('library')
    },
  },
  {
    id: 'show-wrong',
    name: 'Show photos that are labelled wrong',
    enabled: hasLibrary,
    run: ({ state }) => {
      state.changeFilter({ truth: 'wrong' })
      state.showWorkspace('library')
    },
  },
  {
    id: 'show-library',
    name: 'Go to Library',
    shortcut: 'Mod+1',
    heard: 'menu',
    run: ({ state }) => state.showWorkspace('library'),
  },
  {
    id: 'show-inspector',
    name: 'Go to Inspector',
    shortcut: 'Mod+2',
    heard: 'menu',
    run: ({ state }) => state.showWorkspace('inspector'),
  },
  {
    id: 'show-cloud',
    name: 'Go to Cloud',
    shortcut: 'Mod+3',
    heard: 'menu',
    run: ({ state }) => state.showWorkspace('cloud'),
  },
  {
    id: 'show-models',
    name: 'Go to Models',
    shortcut: 'Mod+4',
    heard: 'menu',
    run: ({ state }) => state.showWorkspace('models'),
  },
  {
    id: 'import-model',
    name: 'Import a model…',
    run: ({ state }) => void state.pickModel(),
  },
  {
    id: 'show-activity',
    name: 'Go to Activity',
    shortcut: 'Mod+5',
    heard: 'menu',
    run: ({ state }) => state.showWorkspace('activity'),
  },
  {
    id: 'open-folder',
    name: 'Open folder…',
    shortcut: 'Mod+O',
    heard: 'menu',
    run: ({ state }) => void state.pickFolder(),
  },
  {
    id: 'rescan',
    name: 'Look for changes in the folder',
    enabled: hasLibrary,
    run: ({ state }) => void state.rescan(),
  },
  {
    id: 'close-folder',
    name: 'Close this folder',
    enabled: hasLibrary,
    run: ({ state }) => void state.closeLibrary(),
  },
  {
    id: 'theme-dark',
    name: 'Dark theme',
    run: ({ state }) => state.changeSettings({ theme: 'dark' }),
  },
  {
    id: 'theme-light',
    name: 'Light theme',
    run: ({ state }) => state.changeSettings({ theme: 'light' }),
  },
]
