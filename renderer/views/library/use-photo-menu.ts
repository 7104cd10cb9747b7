// Opens the photo menu where it was asked for.
import { type MouseEvent, useCallback, useState } from 'react'
import { useLatentStore } from '../../use-latent.ts'
import type { OpenPhotoMenu } from './photo-menu.tsx'
import { tileElementId } from './photo-tile.tsx'

interface PhotoMenuState {
  readonly menu: OpenPhotoMenu | null
  /** @param hitId the photo under the pointer; undefined when it is over none */
  readonly open: (event: MouseEvent, hitId: number | undefined) => void
  readonly close: () => void
}

export function usePhotoMenu(): PhotoMenuState {
  const store = useLatentStore()
  const [menu, setMenu] = useState<OpenPhotoMenu | null>(null)

  const open = (event: MouseEvent, hitId: number | undefined): void => {
    event.preventDefault()
    const { selection, pick } = store.getState()
    // The menu key has no place of its own: the photo with the focus is meant.
    const byKey = event.button !== 2
    const photoId = byKey ? selection.focusId : hitId
    if (photoId === null || photoId === undefined) return
    if (!selection.ids.has(photoId)) pick(photoId, 'only')
    const tile = byKey ? document.getElementById(tileElementId(photoId)) : null
    const box = tile?.getBoundingClientRect()
    const place =
      box === undefined
        ? { xPx: event.clientX, yPx: event.clientY }
        : { xPx: box.left + box.width / 2, yPx: box.top + box.height / 2 }
    setMenu({ photoId, place })
  }
  const close = useCallback(() => setMenu(null), [])
  return { menu, open, close }
}
