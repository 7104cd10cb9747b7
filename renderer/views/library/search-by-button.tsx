// Switches a search field between names and descriptions, where the model in use can read those.
import { TextSearch } from 'lucide-react'
import { canDescribe } from '../../state/describing.ts'
import { IconButton } from '../../ui/button.tsx'
import { useLatent } from '../../use-latent.ts'

export function SearchByButton() {
  const shown = useLatent(canDescribe)
  const by = useLatent((state) => state.searchBy)
  const setSearchBy = useLatent((state) => state.setSearchBy)
  if (!shown) return null
  const describing = by === 'description'
  return (
    <IconButton
      icon={TextSearch}
      className="search-by"
      name="Search by description"
      hint={
        describing
          ? 'Search labels, names and folders instead'
          : 'Search by what photos show, in your own words'
      }
      aria-pressed={describing}
      onClick={() => setSearchBy(describing ? 'names' : 'description')}
    />
  )
}
