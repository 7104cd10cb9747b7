// What greets a person while no folder is open.
import './welcome-view.css'
import { FolderOpen, LockKeyhole } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useLatent } from '../../use-latent.ts'
import { RecentLibraries } from './recent-libraries.tsx'

export function WelcomeView() {
  const opening = useLatent((state) => state.opening)
  const pickFolder = useLatent((state) => state.pickFolder)
  return (
    <div className="welcome">
      <div>
        <Mark sizePx={52} />
        <h1>See your photos the way a network does</h1>
        <p>
          Open a folder and every photo gets its labels. Drop a single photo to look at just that
          one.
        </p>
        <div className="actions">
          <Button
            look="primary"
            large
            icon={FolderOpen}
            disabled={opening}
            onClick={() => void pickFolder()}
          >
            {opening ? 'Opening…' : 'Open folder'}
          </Button>
          <span>or drop a folder or photos anywhere</span>
        </div>
        <span className="private">
          <LockKeyhole size={13} aria-hidden="true" />
          Everything stays on this computer. Your files are only read, never changed.
        </span>
      </div>
      <RecentLibraries />
    </div>
  )
}
