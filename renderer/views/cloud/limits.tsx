// What keeps photos out of the picture or faint, each with the way back.
import './limits.css'
import { X } from 'lucide-react'
import { isFiltering } from '../../state/query-slice.ts'
import { formatCounted } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'
import { motionMs } from './glide.ts'
import { OutsideList } from './outside-list.tsx'
import { useScene } from './scene-context.ts'

export function Limits({ shownCount }: { readonly shownCount: number }) {
  const isolated = useLatent((state) => state.isolated)
  const isolate = useLatent((state) => state.isolate)
  const filtering = useLatent((state) => isFiltering(state.filter))
  const clearFilter = useLatent((state) => state.clearFilter)
  const dropped = useLatent((state) => state.outsidePhotos)
  const scene = useScene()
  if (isolated === null && !filtering && dropped.length === 0) return null
  return (
    <ul className="limits" aria-label="What is shown">
      {isolated !== null && (
        <Limit
          text={`Only ${formatCounted(isolated.size, 'photo')} shown`}
          undo="Show all photos again"
          onUndo={() => {
            isolate(null)
            // The scene hears of it with the next render.
            setTimeout(() => scene?.fit(null, motionMs()))
          }}
        />
      )}
      {filtering && (
        <Limit
          text={`The Library’s filter leaves ${formatCounted(shownCount, 'photo')} bright`}
          undo="Clear the Library’s filter"
          onUndo={clearFilter}
        />
      )}
      {dropped.length > 0 && <OutsideList photos={dropped} />}
    </ul>
  )
}

interface LimitProps {
  readonly text: string
  readonly undo: string
  readonly onUndo: () => void
}

function Limit({ text, undo, onUndo }: LimitProps) {
  return (
    <li className="cloud-plate">
      <span className="one-line">{text}</span>
      <button type="button" aria-label={undo} title={undo} onClick={onUndo}>
        <X size={13} aria-hidden="true" />
      </button>
    </li>
  )
}
