// Waits for what the app says about itself.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'

const pollMs = 250

/** Until the model is loaded; the first start on a machine measures it, which takes a while. */
export const untilReady = (page: Page): Promise<void> =>
  until(() =>
    page.evaluate(async () => {
      const status = await window.api.invoke('engine:status')
      return status.ok && status.value.state === 'ready'
    }),
  )

export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(pollMs)
}
