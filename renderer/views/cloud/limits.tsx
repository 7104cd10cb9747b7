// What keeps photos out of the picture or faint, each with the way back.
import './limits.css'
import { MapPin, X } from 'lucide-react'
import { isFiltering } from '../../state/query-slice.ts'
import { formatCounted } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'
import { motionMs } from './glide.ts'
import { useScene } from './scene-context.ts'

export function Limits({ shownCount }: { readonly shownCount: number }) {
  const isolated = useLatent((state) => state.isolated)
  const isolate = useLatent((state) => state.isolate)
  const filtering = useLatent((state) => isFiltering(state.filter))
  const clearFilter = useLatent((state) => state.clearFilter)
  const outside = useLatent((state) => state.outsidePhoto)
  const showOutside = useLatent((state) => state.showOutside)
  const forgetOutside = useLatent((state) => state.forgetOutside)
  const scene = useScene()
  if (isolated === null && !filtering && outside === null) return null
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
      {outside !== null && (
        <Limit
          text={outside.name}
          undo={`Take ${outside.name} away`}
          onShow={() => showOutside(true)}
          onUndo={forgetOutside}
        />
      )}
    </ul>
  )
}

interface LimitProps {
  readonly text: string
  readonly undo: string
  readonly onUndo: () => void
  readonly onShow?: () => void
}

function Limit({ text, undo, onUndo, onShow }: LimitProps) {
  return (
    <li className="cloud-plate">
      {onShow ? (
        <button type="button" title={`Where ${text} would lie`} onClick={onShow}>
          <MapPin size={13} aria-hidden="true" />
          <span className="one-line">{text}</span>
        </button>
      ) : (
        <span className="one-line">{text}</span>
      )}
      <button type="button" aria-label={undo} title={undo} onClick={onUndo}>
        <X size={13} aria-hidden="true" />
      </button>
    </li>
  )
}
