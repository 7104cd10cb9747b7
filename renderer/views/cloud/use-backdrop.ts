// Whether the room is dark or light, and the scene's colours in it.
import { useMemo, useSyncExternalStore } from 'react'
import type { CloudLook } from '../../scene/cloud/cloud-scene-types.ts'
import type { Backdrop } from '../../state/cloud-palette.ts'
import { useLatent } from '../../use-latent.ts'

const systemDark = '(prefers-color-scheme: dark)'

function onSystemChange(listener: () => void): () => void {
  const query = matchMedia(systemDark)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

export function useBackdrop(): Backdrop {
  const theme = useLatent((state) => state.settings.theme)
  const dark = useSyncExternalStore(onSystemChange, () => matchMedia(systemDark).matches)
  if (theme === 'system') return dark ? 'dark' : 'light'
  return theme
}

/** The tokens as the stylesheet has resolved them on this element: see `.cloud-canvas`. */
export function lookOf(element: HTMLElement): CloudLook {
  const { backgroundColor, borderTopColor, color } = getComputedStyle(element)
  return { background: backgroundColor, accent: borderTopColor, ink: color }
}

/** Null until the element is there. */
export function useLook(element: HTMLElement | null, backdrop: Backdrop): CloudLook | null {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stylesheet follows the backdrop
  return useMemo(() => element && lookOf(element), [element, backdrop])
}
