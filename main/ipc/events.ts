// The one way out to the window, throttled where news comes faster than eyes.
import type { BrowserWindow } from 'electron'
import type { EventName, Events } from '../../preload/contract/events.ts'

/** Least time between two events of a name; the last one always arrives. */
const leastGapMs: Partial<Record<EventName, number>> = {
  'job:changed': 100,
  'library:changed': 250,
  'inspector:progress': 100,
  'models:changed': 250,
}

export class WindowEvents {
  private readonly last = new Map<EventName, number>()
  private readonly timers = new Map<EventName, NodeJS.Timeout>()

  constructor(private readonly window: () => BrowserWindow | undefined) {}

  readonly send = <Name extends EventName>(name: Name, payload: Events[Name]): void => {
    clearTimeout(this.timers.get(name))
    const wait = (this.last.get(name) ?? 0) + (leastGapMs[name] ?? 0) - Date.now()
    if (wait <= 0) {
      this.deliver(name, payload)
      return
    }
    this.timers.set(
      name,
      setTimeout(() => this.deliver(name, payload), wait),
    )
  }

  private deliver<Name extends EventName>(name: Name, payload: Events[Name]): void {
    this.last.set(name, Date.now())
    const window = this.window()
    if (window !== undefined && !window.isDestroyed()) window.webContents.send(name, payload)
  }
}
