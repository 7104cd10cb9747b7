// The upper bar: workspaces, the open folder, the running job, settings.
import './top-bar.css'
import type { KeyboardEvent } from 'react'
import type { Workspace } from '../../state/app-slice.ts'
import { formatCount } from '../../ui/format.ts'
import { Mark } from '../../ui/mark.tsx'
import { useLatent } from '../../use-latent.ts'
import { SettingsPopover } from '../settings/settings-popover.tsx'
import { FolderMenu } from './folder-menu.tsx'
import { JobStrip } from './job-strip.tsx'

export function TopBar() {
  return (
    <header className="top-bar">
      <span className="brand">
        <Mark sizePx={18} />
        Latent
      </span>
      <Tabs />
      <span className="spacer" />
      <JobStrip />
      <FolderMenu />
      <SettingsPopover />
    </header>
  )
}

const workspaces: readonly (readonly [Workspace, string])[] = [
  ['library', 'Library'],
  ['inspector', 'Inspector'],
  ['cloud', 'Cloud'],
  ['models', 'Models'],
  ['activity', 'Activity'],
]

function Tabs() {
  const current = useLatent((state) => state.workspace)
  const showWorkspace = useLatent((state) => state.showWorkspace)
  const problemCount = useLatent((state) => state.library?.problemCount ?? 0)

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (step === undefined) return
    const at = workspaces.findIndex(([workspace]) => workspace === current)
    const next = workspaces[(at + step + workspaces.length) % workspaces.length]
    if (!next) return
    showWorkspace(next[0])
    event.currentTarget.querySelector<HTMLElement>(`#tab-${next[0]}`)?.focus()
  }

  return (
    <div className="tabs" role="tablist" aria-label="Workspaces" onKeyDown={onKeyDown}>
      {workspaces.map(([workspace, name]) => (
        <button
          key={workspace}
          id={`tab-${workspace}`}
          type="button"
          className="tab"
          role="tab"
          aria-selected={workspace === current}
          aria-controls={workspace === current ? `panel-${workspace}` : undefined}
          tabIndex={workspace === current ? 0 : -1}
          onClick={() => showWorkspace(workspace)}
        >
          {name}
          {workspace === 'activity' && problemCount > 0 && (
            <span className="badge" aria-hidden="true" title="Files with problems">
              {formatCount(problemCount)}
            </span>
          )}
        </button>
      ))}
    </div>
  )
}
