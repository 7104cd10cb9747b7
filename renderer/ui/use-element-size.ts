// Follows the size of an element.
import { type RefCallback, useCallback, useState } from 'react'

export interface ElementSize {
  readonly widthPx: number
  readonly heightPx: number
}

/** Zero until measured; keeps the last size while the element is hidden. */
export function useElementSize(): [RefCallback<HTMLElement>, ElementSize] {
  const [size, setSize] = useState<ElementSize>({ widthPx: 0, heightPx: 0 })
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return
    const measure = (): void => {
      const { clientWidth: widthPx, clientHeight: heightPx } = element
      if (widthPx === 0 || heightPx === 0) return
      setSize((before) =>
        before.widthPx === widthPx && before.heightPx === heightPx ? before : { widthPx, heightPx },
      )
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [ref, size]
}
