// The search over labels, file names and folders.
import { Search } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useLatent } from '../../use-latent.ts'

export function SearchBox() {
  const text = useLatent((state) => state.filter.text)
  const changeFilter = useLatent((state) => state.changeFilter)
  const focusCount = useLatent((state) => state.searchFocusCount)
  const input = useRef<HTMLInputElement>(null)

  useEffect(() => {
    if (focusCount > 0) input.current?.select()
  }, [focusCount])

  return (
    <div className="search">
      <Search size={14} aria-hidden="true" />
      <input
        ref={input}
        type="search"
        aria-label="Search photos"
        placeholder="Search labels, names, folders"
        maxLength={200}
        spellCheck={false}
        value={text}
        onChange={(event) => changeFilter({ text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          if (text === '') event.currentTarget.blur()
          else changeFilter({ text: '' })
        }}
      />
    </div>
  )
}
