// The photos that were inspected lately, to open again.
import './recent-strip.css'
import { type RecentInspection, sourceKey } from '../../state/recent-inspections.ts'
import { useLatent } from '../../use-latent.ts'
import { SourcePicture } from './source-picture.tsx'

interface RecentStripProps {
  readonly onChoose: (recent: RecentInspection) => void
  /** Left out: what is shown already. */
  readonly without?: readonly string[]
}

export function RecentStrip({ onChoose, without = [] }: RecentStripProps) {
  const recents = useLatent((state) => state.recentlyInspected)
  const shown = recents.filter(({ source }) => !without.includes(sourceKey(source)))
  if (shown.length === 0) return null
  return (
    <ul className="recent-strip" aria-label="Recently inspected">
      {shown.map((recent) => (
        <li key={sourceKey(recent.source)}>
          <button type="button" title={recent.name} onClick={() => onChoose(recent)}>
            <SourcePicture source={recent.source} />
            <span className="one-line">{recent.name}</span>
            <small className="one-line">{recent.label}</small>
          </button>
        </li>
      ))}
    </ul>
  )
}
