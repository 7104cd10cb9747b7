// The libraries opened before; one whose drive is away is marked and can be forgotten.
import { X } from 'lucide-react'
import type { RecentLibrary } from '../../../preload/contract/domain.ts'
import { IconButton } from '../../ui/button.tsx'
import { formatAgo, formatCounted } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'

const mostShown = 6

export function RecentLibraries() {
  const recents = useLatent((state) => state.recentLibraries)
  if (recents.length === 0) return null
  return (
    <section className="recents">
      <h2>Recent</h2>
      <ul aria-label="Recent libraries">
        {recents.slice(0, mostShown).map((recent) => (
          <RecentRow key={recent.id} recent={recent} />
        ))}
      </ul>
    </section>
  )
}

function RecentRow({ recent }: { readonly recent: RecentLibrary }) {
  const openRecent = useLatent((state) => state.openRecent)
  const forgetRecent = useLatent((state) => state.forgetRecent)
  return (
    <li>
      <button type="button" className="open" onClick={() => void openRecent(recent.id)}>
        <span className="one-line">{recent.name}</span>
        <small>{formatCounted(recent.photoCount, 'photo')}</small>
        <small className="one-line" title={recent.location}>
          {recent.location}
        </small>
        <small>{recent.offline ? 'Offline' : formatAgo(recent.openedAtMs, Date.now())}</small>
      </button>
      <IconButton
        icon={X}
        name={`Forget ${recent.name}`}
        className="forget"
        onClick={() => void forgetRecent(recent.id)}
      />
    </li>
  )
}
