// Keys that work anywhere in the window, beside the ones of the native menu.
import { useEffect } from 'react'
import { useLatentStore } from '../../use-latent.ts'
import { appCommands } from '../palette/app-commands.ts'
import { commandFor } from '../palette/command.ts'

export function useShortcuts(): void {
  const store = useLatentStore()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || store.getState().paletteShown) return
      const context = { state: store.getState(), scene: null, canvas: null }
      const command = commandFor(event, appCommands, 'window', context)
      if (command === undefined) return
      event.preventDefault()
      command.run(context)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [store])
}
