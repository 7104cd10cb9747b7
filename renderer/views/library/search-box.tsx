// The search over labels, file names and folders, or over what photos show.
import { LoaderCircle, Search } from 'lucide-react'
import { useCallback, useEffect, useRef } from 'react'
import { searchesBy } from '../../state/describing.ts'
import { useLatent } from '../../use-latent.ts'
import { DescriptionField } from './description-field.tsx'
import { SearchByButton } from './search-by-button.tsx'

export function SearchBox() {
  const text = useLatent((state) => state.filter.text)
  const described = useLatent((state) => state.filter.described ?? '')
  const by = useLatent(searchesBy)
  const describing = useLatent((state) => state.describing)
  const changeFilter = useLatent((state) => state.changeFilter)
  const focusCount = useLatent((state) => state.searchFocusCount)
  const input = useRef<HTMLInputElement>(null)
  const describe = useCallback(
    (words: string) => changeFilter({ described: words }),
    [changeFilter],
  )

  useEffect(() => {
    if (focusCount > 0) input.current?.select()
  }, [focusCount])

  return (
    <div className="search">
      {describing ? (
        <LoaderCircle
          className="reading"
          size={14}
          role="status"
          aria-label="Reading the description"
        />
      ) : (
        <Search size={14} aria-hidden="true" />
      )}
      {by === 'description' ? (
        <DescriptionField
          name="Describe photos"
          value={described}
          input={input}
          onDescribe={describe}
          onLeave={() => input.current?.blur()}
        />
      ) : (
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
      )}
      <SearchByButton />
    </div>
  )
}
