// Times a drop inside the page itself, from the drop to the frame that shows the bars.
import type { Page } from '@playwright/test'

interface Timed {
  barsAfterDropMs?: Promise<number>
}

/** Call it before the drop. */
export const expectBars = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const timed = window as Window & Timed
    timed.barsAfterDropMs = new Promise((resolve) => {
      window.addEventListener(
        'drop',
        () => {
          const dropped = performance.now()
          const look = (): void => {
            const bars = document.querySelectorAll(
              '[aria-label="Inspection"] [aria-label="Labels with probabilities"] li',
            )
            if (bars.length === 0) return
            observer.disconnect()
            // The frame after this one has them on the screen.
            requestAnimationFrame(() =>
              requestAnimationFrame(() => resolve(performance.now() - dropped)),
            )
          }
          const observer = new MutationObserver(look)
          observer.observe(document.body, { childList: true, subtree: true, attributes: true })
        },
        { capture: true, once: true },
      )
    })
  })

/** @returns milliseconds from the drop to the bars */
export const awaitBars = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { barsAfterDropMs } = window as Window & Timed
    if (barsAfterDropMs === undefined) throw new Error('Expected a drop to be timed')
    return barsAfterDropMs
  })
