// Every command that can run now, found by typing; Enter runs the chosen one.
import './palette.css'
import { Search } from 'lucide-react'
import { type KeyboardEvent, useContext, useEffect, useId, useRef, useState } from 'react'
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
  const [active, setActive] = useState(0)
  const dialog = useRef<HTMLDialogElement>(null)
  const listId = useId()

  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])

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
  const chosen = found[Math.min(active, found.length - 1)]

  const run = (command: Command): void => {
    // First, so that the command may move the focus where it likes.
    showPalette(false)
    command.run(contextNow())
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = found.length - 1
    if (event.key === 'ArrowDown') setActive(active >= last ? 0 : active + 1)
    else if (event.key === 'ArrowUp') setActive(active <= 0 ? last : active - 1)
    else if (event.key === 'Home') setActive(0)
    else if (event.key === 'End') setActive(last)
    else if (event.key === 'Enter' && chosen !== undefined) run(chosen)
    else return
    event.preventDefault()
  }

  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label="Commands"
      onClose={() => showPalette(false)}
      onPointerDown={(event) => event.target === dialog.current && dialog.current?.close()}
      // What lies below has keys of its own.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div className="palette-box">
        <div className="palette-search">
          <Search size={16} aria-hidden="true" />
          <input
            type="text"
            role="combobox"
            aria-label="Find a command"
            aria-expanded="true"
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={chosen && `${listId}-${chosen.id}`}
            placeholder="What do you want to do?"
            spellCheck={false}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value)
              setActive(0)
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <div id={listId} className="palette-list" role="listbox" aria-label="Commands">
          {found.map((command) => (
            <CommandRow
              key={command.id}
              elementId={`${listId}-${command.id}`}
              command={command}
              chosen={command === chosen}
              mac={mac}
              onRun={() => run(command)}
            />
          ))}
          {found.length === 0 && <p>No command is called that.</p>}
        </div>
      </div>
    </dialog>
  )
}

interface CommandRowProps {
  readonly elementId: string
  readonly command: Command
  readonly chosen: boolean
  readonly mac: boolean
  readonly onRun: () => void
}

function CommandRow({ elementId, command, chosen, mac, onRun }: CommandRowProps) {
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and points here
    // biome-ignore lint/a11y/useKeyWithClickEvents: the input listens for keys
    <div
      ref={row}
      id={elementId}
      role="option"
      aria-selected={chosen}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onRun}
    >
      <span className="one-line">{command.name}</span>
      {command.shortcut !== undefined && <kbd>{shortcutText(command.shortcut, mac)}</kbd>}
    </div>
  )
}
