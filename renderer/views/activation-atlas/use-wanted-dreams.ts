// Asks for the dreams that can be seen: those of the cells in sight, and of the chosen cell.
import { useEffect } from 'react'
import type { AtlasCellPlace } from '../../../preload/contract/activation-atlas.ts'
import { useLatent } from '../../use-latent.ts'

const mostWanted = 400

/**
 * @param visible the cells in sight, those in the middle first
 * @param when asks again whenever it changes
 */
export function useWantedDreams(visible: () => readonly AtlasCellPlace[], when: unknown): void {
  const shows = useLatent((state) => state.atlasPictures)
  const chosen = useLatent((state) => state.atlasCell)
  const want = useLatent((state) => state.wantCellDreams)
  const workspace = useLatent((state) => state.workspace)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `visible` is another function each time
  useEffect(() => {
    // Out of sight nothing is dreamt: it would take time from what is looked at.
    if (workspace !== 'cloud') return void want([])
    const own = chosen === null ? [] : [chosen]
    void want([...own, ...(shows === 'dreams' ? visible() : [])].slice(0, mostWanted))
  }, [when, shows, chosen, want, workspace])
  useEffect(() => () => void want([]), [want])
}
