// Searches the Cloud: matches stay bright, Enter selects them.
import './search-field.css'
import { Search } from 'lucide-react'
import { useContext, useEffect, useRef } from 'react'
import { placesOf } from '../../state/cloud-points.ts'
import { searchesBy } from '../../state/describing.ts'
import { formatCount } from '../../ui/format.ts'
import { useLatent, useLatentStore } from '../../use-latent.ts'
import { DescriptionField } from '../library/description-field.tsx'
import { SearchByButton } from '../library/search-by-button.tsx'
import { SceneContext } from './scene-context.ts'

export function SearchField({ matched }: { readonly matched: number }) {
  const store = useLatentStore()
  const text = useLatent((state) => state.cloudSearchText)
  const by = useLatent(searchesBy)
  const searching = useLatent((state) => state.cloudMatches !== null)
  const searchCloud = useLatent((state) => state.searchCloud)
  const focusCount = useLatent((state) => state.searchFocusCount)
  const { drawn } = useContext(SceneContext)
  const input = useRef<HTMLInputElement>(null)
  const lastFocusCount = useRef(focusCount)

  useEffect(() => {
    if (focusCount !== lastFocusCount.current) input.current?.select()
    lastFocusCount.current = focusCount
  }, [focusCount])

  const selectMatches = (): void => {
    const { cloudMatches, cloudData, selectPhotos } = store.getState()
    if (cloudMatches === null || cloudData === null) return
    const { ids } = cloudData.points
    selectPhotos(
      placesOf(ids, cloudMatches).map((place) => ids[place] ?? 0),
      'replace',
    )
    drawn?.canvas.focus()
  }
  return (
    <div className="search cloud-search cloud-plate">
      <Search size={14} aria-hidden="true" />
      {by === 'description' ? (
        <DescriptionField
          name="Describe photos of the Cloud"
          value={text}
          input={input}
          onDescribe={searchCloud}
          onLeave={() => drawn?.canvas.focus()}
          onEnter={selectMatches}
        />
      ) : (
        <input
          ref={input}
          type="search"
          aria-label="Search the Cloud"
          placeholder="Search labels, names, folders"
          title="Enter selects what was found"
          maxLength={200}
          spellCheck={false}
          value={text}
          onChange={(event) => searchCloud(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') selectMatches()
            if (event.key !== 'Escape') return
            if (text === '') drawn?.canvas.focus()
            else searchCloud('')
          }}
        />
      )}
      {searching && (
        <output aria-label="Photos found" data-testid="cloud-found">
          {formatCount(matched)}
        </output>
      )}
      <SearchByButton />
    </div>
  )
}
