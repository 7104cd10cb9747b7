// The panel at the right: photos as a list, clusters by name, and how the layout is made.
import './side-panel.css'
import { GitCompareArrows, Shapes, SlidersHorizontal, TableProperties, X } from 'lucide-react'
import type { CloudData } from '../../state/cloud-points.ts'
import type { CloudPanel } from '../../state/cloud-view-slice.ts'
import { IconButton } from '../../ui/button.tsx'
import { Toolbar } from '../../ui/toolbar.tsx'
import { useLatent } from '../../use-latent.ts'
import { ClusterList } from './cluster-list.tsx'
import { LayoutPanel } from './layout-panel.tsx'
import { MorphPanel } from './morph-panel.tsx'
import { PhotoList } from './photo-list.tsx'

const panels = [
  ['photos', 'Photos', TableProperties],
  ['clusters', 'Clusters', Shapes],
  ['models', 'Models', GitCompareArrows],
  ['layout', 'Layout', SlidersHorizontal],
] as const satisfies readonly (readonly [CloudPanel, string, unknown])[]

interface SidePanelProps {
  readonly data: CloudData
  readonly shownIds: Uint32Array
}

export function SidePanel({ data, shownIds }: SidePanelProps) {
  const open = useLatent((state) => state.cloudPanel)
  const show = useLatent((state) => state.showCloudPanel)
  return (
    <aside
      className="side-panel cloud-plate"
      aria-label="Panel"
      data-open={open !== null || undefined}
    >
      <Toolbar name="Panels" className="panel-tabs">
        {panels.map(([panel, name, Icon]) => (
          <button
            key={panel}
            type="button"
            className="button"
            aria-pressed={open === panel}
            title={name}
            onClick={() => show(open === panel ? null : panel)}
          >
            <Icon size={14} aria-hidden="true" />
            {name}
          </button>
        ))}
        {open !== null && <IconButton icon={X} name="Close the panel" onClick={() => show(null)} />}
      </Toolbar>
      {open === 'photos' && <PhotoList data={data} shownIds={shownIds} />}
      {open === 'clusters' && <ClusterList data={data} />}
      {open === 'models' && <MorphPanel data={data} />}
      {open === 'layout' && <LayoutPanel />}
    </aside>
  )
}
