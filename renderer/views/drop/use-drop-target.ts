// Makes the whole window take dropped and pasted files, and nothing else.
import { useLayoutEffect, useState } from 'react'
import { useLatentStore } from '../../use-latent.ts'

const carriesFiles = (event: DragEvent): boolean =>
  event.dataTransfer?.types.includes('Files') ?? false

/** True while files hover over the window. */
export function useDropTarget(): boolean {
  const store = useLatentStore()
  const [dragging, setDragging] = useState(false)

  // Before the first paint: where a window is seen, files can be dropped.
  useLayoutEffect(() => {
    const listeners = new AbortController()
    const { signal } = listeners
    /** Every drag is answered, so that no dropped link or text makes the window go elsewhere. */
    const onDrag = (event: DragEvent): void => {
      event.preventDefault()
      const files = carriesFiles(event)
      if (event.dataTransfer) event.dataTransfer.dropEffect = files ? 'copy' : 'none'
      setDragging(files)
    }
    const onDragLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setDragging(false)
    }
    const onDrop = (event: DragEvent): void => {
      event.preventDefault()
      setDragging(false)
      take(event.dataTransfer)
    }
    const onPaste = (event: ClipboardEvent): void => {
      if ((event.clipboardData?.files.length ?? 0) === 0) return
      event.preventDefault()
      take(event.clipboardData)
    }
    const take = (data: DataTransfer | null): void => {
      const files = [...(data?.files ?? [])]
      if (files.length > 0) void store.getState().dropFiles(files)
    }
    window.addEventListener('dragenter', onDrag, { signal })
    window.addEventListener('dragover', onDrag, { signal })
    window.addEventListener('dragleave', onDragLeave, { signal })
    window.addEventListener('drop', onDrop, { signal })
    window.addEventListener('paste', onPaste, { signal })
    return () => listeners.abort()
  }, [store])

  return dragging
}
