// The photos, or why there are none.
import { FolderOpen, ImageOff, Loader, SearchX } from 'lucide-react'
import { isLive } from '../../state/jobs-slice.ts'
import { isFiltering } from '../../state/query-slice.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatCounted } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'
import { engineLine } from '../shell/engine-words.ts'
import { PhotoGrid } from './photo-grid.tsx'

export function GridArea() {
  const list = useLatent((state) => state.list)
  const filtering = useLatent((state) => isFiltering(state.filter))
  const live = useLatent((state) => state.jobs.find(isLive))
  const waiting = useLatent(({ engine }) =>
    engine?.state === 'starting' ? engineLine(engine) : '',
  )
  const clearFilter = useLatent((state) => state.clearFilter)
  const pickFolder = useLatent((state) => state.pickFolder)

  if (list === null) return <EmptyState icon={Loader} title="Reading the library…" />
  if (list.ids.length > 0) return <PhotoGrid list={list} />
  if (filtering) {
    return (
      <EmptyState icon={SearchX} title="No photos match">
        <p>Search for something else, lower the minimum probability or clear the filters.</p>
        <Button look="plain" onClick={clearFilter}>
          Clear filters
        </Button>
      </EmptyState>
    )
  }
  if (live !== undefined && live.total > 0) {
    return (
      <EmptyState icon={Loader} title={`Found ${formatCounted(live.total, 'photo')}`}>
        <p>{waiting} They appear here one by one.</p>
      </EmptyState>
    )
  }
  if (live !== undefined) {
    return (
      <EmptyState icon={FolderOpen} title="Looking for photos…">
        <p>They appear here one by one while the folder is read.</p>
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={ImageOff} title="No photos in this folder">
      <p>Latent looked through it and everything below it and found no image files.</p>
      <Button look="plain" onClick={() => void pickFolder()}>
        Open another folder
      </Button>
    </EmptyState>
  )
}
