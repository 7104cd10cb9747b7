// What the keyboard does in the preview.
import type { KeyboardEvent, RefObject } from 'react'
import { useLatentStore } from '../../use-latent.ts'
import type { ZoomStage } from './zoom-stage.ts'

export function usePreviewKeys(
  stage: RefObject<ZoomStage | null>,
  inspect: () => void,
  togglePanel: () => void,
): (event: KeyboardEvent) => void {
  const store = useLatentStore()
  const actions: Readonly<Record<string, () => void>> = {
    Escape: () => store.getState().closePreview(),
    ' ': () => store.getState().closePreview(),
    ArrowLeft: () => store.getState().stepPreview(-1),
    ArrowRight: () => store.getState().stepPreview(1),
    '+': () => stage.current?.step(1),
    '=': () => stage.current?.step(1),
    '-': () => stage.current?.step(-1),
    '0': () => stage.current?.fit(),
    '1': () => stage.current?.actualSize(),
    i: inspect,
    d: togglePanel,
  }
  return (event) => {
    const onButton = event.target instanceof HTMLButtonElement
    if (event.altKey || (onButton && event.key === ' ')) return
    const action = actions[event.key]
    if (action === undefined) return
    event.preventDefault()
    action()
  }
}
