// Every command of the Cloud; to add one, add a row to one of these tables.
import type { LatentState } from '../../state/slice.ts'
import type { Command } from '../palette/command.ts'
import { cameraCommands } from './camera-commands.ts'
import { motionMs } from './glide.ts'
import { lookCommands } from './look-commands.ts'
import { selectionCommands } from './selection-commands.ts'

export const cloudCommands: readonly Command[] = [
  ...selectionCommands,
  ...cameraCommands,
  ...lookCommands,
]

/** One for each view that the person kept. */
export const savedViewCommands = ({ savedViews }: LatentState): readonly Command[] =>
  savedViews.map(({ name, view }) => ({
    id: `view-${name}`,
    name: `Go to view “${name}”`,
    enabled: ({ state, scene }) => state.workspace === 'cloud' && scene !== null,
    run: ({ scene }) => scene?.showView(view, motionMs()),
  }))
