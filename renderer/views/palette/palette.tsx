// Every command that can run now, found by typing; Enter runs the chosen one.
import { useContext, useState } from 'react'
import { Chooser } from '../../ui/chooser.tsx'
import { useLatent, useLatentStore } from '../../use-latent.ts'
import { cloudCommands, savedViewCommands } from '../cloud/cloud-commands.ts'
import { SceneContext } from '../cloud/scene-context.ts'
import { appCommands } from './app-commands.ts'
import { type Command, type CommandContext, canRun } from './command.ts'
import { searchCommands } from './search-commands.ts'
import { shortcutText } from './shortcut.ts'

export function Palette() {
  const shown = useLatent((state) => state.paletteShown)
  return shown ? <OpenPalette /> : null
}

function OpenPalette() {
  const store = useLatentStore()
  const showPalette = useLatent((state) => state.showPalette)
  const { drawn } = useContext(SceneContext)
  const mac = useLatent((state) => state.info?.platform === 'darwin')
  const [text, setText] = useState('')

  const contextNow = (): CommandContext => ({
    state: store.getState(),
    scene: drawn?.scene ?? null,
    canvas: drawn?.canvas ?? null,
  })
  const context = contextNow()
  const commands = [...cloudCommands, ...savedViewCommands(context.state), ...appCommands]
  const found = searchCommands(
    commands.filter((command) => command.id !== 'palette' && canRun(command, context)),
    text,
  )
  const run = (command: Command): void => {
    // First, so that the command may move the focus where it likes.
    showPalette(false)
    command.run(contextNow())
  }
  return (
    <Chooser
      label="Commands"
      listLabel="Commands"
      searchLabel="Find a command"
      placeholder="What do you want to do?"
      text={text}
      onText={setText}
      choices={found.map((command) => ({
        key: command.id,
        name: command.name,
        note: command.shortcut === undefined ? '' : shortcutText(command.shortcut, mac),
        onChoose: () => run(command),
      }))}
      nothing="No command is called that."
      onClose={() => showPalette(false)}
    />
  )
}
