// What a command is: one row, found by name in the palette and by its shortcut.
import type { CloudSceneApi } from '../../scene/cloud/cloud-scene-types.ts'
import type { LatentState } from '../../state/slice.ts'
import { type KeyPress, matchesShortcut } from './shortcut.ts'

export interface CommandContext {
  readonly state: LatentState
  /** Null while no Cloud is drawn. */
  readonly scene: CloudSceneApi | null
  /** What it is drawn on. */
  readonly canvas: HTMLCanvasElement | null
}

export interface Command {
  readonly id: string
  /** A sentence's start: "Fit all photos". */
  readonly name: string
  readonly shortcut?: string
  /** Does the same, where keyboards differ. */
  readonly otherShortcut?: string
  /** Who listens for the shortcut: the native menu, the whole window, or the Cloud's canvas. */
  readonly heard?: 'menu' | 'window' | 'canvas'
  /** Absent: always. */
  readonly enabled?: (context: CommandContext) => boolean
  readonly run: (context: CommandContext) => void
}

export const canRun = (command: Command, context: CommandContext): boolean =>
  command.enabled?.(context) ?? true

/** The command that a key asks for, where it can run. */
export const commandFor = (
  press: KeyPress,
  commands: readonly Command[],
  heard: Command['heard'],
  context: CommandContext,
): Command | undefined =>
  commands.find(
    (command) =>
      command.heard === heard &&
      [command.shortcut, command.otherShortcut].some(
        (shortcut) => shortcut !== undefined && matchesShortcut(shortcut, press),
      ) &&
      canRun(command, context),
  )
