// The open folder by name, and what can be done with it or instead of it.
import '../../ui/popover.css'
import './folder-menu.css'
import { ChevronDown, Folder, FolderOpen, FolderX, RefreshCw } from 'lucide-react'
import { useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import { formatCount } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'

export function FolderMenu() {
  const library = useLatent((state) => state.library)
  const recents = useLatent((state) => state.recentLibraries)
  const pickFolder = useLatent((state) => state.pickFolder)
  const openRecent = useLatent((state) => state.openRecent)
  const rescan = useLatent((state) => state.rescan)
  const closeLibrary = useLatent((state) => state.closeLibrary)
  const menu = useRef<HTMLDivElement>(null)
  if (library === null) return null

  const others = recents.filter((recent) => recent.id !== library.id).slice(0, 6)
  const choose = (action: () => Promise<void>) => () => {
    menu.current?.hidePopover()
    void action()
  }
  return (
    <>
      <Button
        icon={library.offline ? FolderX : Folder}
        className="folder-button"
        popoverTarget="folder-menu"
        title={library.location}
        aria-haspopup="true"
      >
        <span className="one-line">{library.name}</span>
        <ChevronDown size={14} aria-hidden="true" />
      </Button>
      <div ref={menu} id="folder-menu" className="popover folder-menu" popover="auto">
        <p className="where selectable">{library.location}</p>
        <Button icon={RefreshCw} onClick={choose(rescan)}>
          Look for changes
        </Button>
        <Button icon={FolderOpen} onClick={choose(pickFolder)}>
          Open another folder…
        </Button>
        <Button icon={FolderX} onClick={choose(closeLibrary)}>
          Close this folder
        </Button>
        {others.length > 0 && <h3>Recent</h3>}
        {others.map((recent) => (
          <Button
            key={recent.id}
            title={recent.location}
            disabled={recent.offline}
            onClick={choose(() => openRecent(recent.id))}
          >
            <span className="one-line">{recent.name}</span>
            <small>{recent.offline ? 'Offline' : formatCount(recent.photoCount)}</small>
          </Button>
        ))}
      </div>
    </>
  )
}
