// Follows which panels lie over the Cloud, as they open, close and change their size.
import { useEffect, useState } from 'react'
import { type CloudInset, nothingCovered } from '../../scene/cloud/free-area.ts'
import { coveredEdges } from './covered-edges.ts'

/** What floats over the room, and cards of dropped photos, which float over the whole window. */
const plates = '.cloud-plate, .inspection-tray'

const isIn = (room: Element, plate: Element): boolean =>
  room.contains(plate) || !plate.classList.contains('cloud-plate')

export function useCoveredEdges(room: HTMLElement | null): CloudInset {
  const [inset, setInset] = useState(nothingCovered)
  useEffect(() => {
    if (room === null) return
    const sizes = new ResizeObserver(() => measure())
    const measure = (): void => {
      const found = [...document.querySelectorAll(plates)].filter((plate) => isIn(room, plate))
      for (const plate of found) sizes.observe(plate)
      const next = coveredEdges(
        room.getBoundingClientRect(),
        found.map((plate) => plate.getBoundingClientRect()),
      )
      setInset((before) => (sameInset(before, next) ? before : next))
    }
    const comings = new MutationObserver(measure)
    // `data-cards` tells of the window's cards, which stand beside the room.
    comings.observe(room, { childList: true, subtree: true, attributeFilter: ['data-cards'] })
    sizes.observe(room)
    measure()
    return () => {
      sizes.disconnect()
      comings.disconnect()
    }
  }, [room])
  return inset
}

const sameInset = (a: CloudInset, b: CloudInset): boolean =>
  a.leftPx === b.leftPx &&
  a.rightPx === b.rightPx &&
  a.topPx === b.topPx &&
  a.bottomPx === b.bottomPx
