// The clusters by name and size: a click selects one's photos, and the eye goes there.
import './cluster-list.css'
import { useMemo } from 'react'
import type { CloudData } from '../../state/cloud-points.ts'
import { formatCount, formatCounted } from '../../ui/format.ts'
import { VirtualList } from '../../ui/virtual-list.tsx'
import { useLatent } from '../../use-latent.ts'
import { motionMs } from './glide.ts'
import { useScene } from './scene-context.ts'

const rowHeightPx = 32

export function ClusterList({ data }: { readonly data: CloudData }) {
  const selectCluster = useLatent((state) => state.selectCluster)
  const selected = useLatent((state) => state.selection.ids)
  const scene = useScene()
  const { clusters, clusterNames, points } = data
  const rows = useMemo(() => {
    const sizes = new Uint32Array(clusterNames.length)
    const chosen = new Uint32Array(clusterNames.length)
    let alone = 0
    clusters?.ofPoint.forEach((cluster, place) => {
      if (cluster < 0) alone += 1
      else {
        sizes[cluster] = (sizes[cluster] ?? 0) + 1
        if (selected.has(points.ids[place] ?? 0)) chosen[cluster] = (chosen[cluster] ?? 0) + 1
      }
    })
    const named = clusterNames.map((name, cluster) => ({
      cluster,
      name,
      size: sizes[cluster] ?? 0,
      whole: (sizes[cluster] ?? 0) > 0 && sizes[cluster] === chosen[cluster],
    }))
    return alone === 0
      ? named
      : [...named, { cluster: -1, name: 'In no cluster', size: alone, whole: false }]
  }, [clusters, clusterNames, points, selected])

  if (clusters === null || rows.length === 0)
    return <p className="panel-note">Clusters are looked for when the layout stands.</p>
  return (
    <div className="cluster-list">
      <VirtualList
        name={formatCounted(clusterNames.length, 'cluster')}
        items={rows}
        rowHeightPx={rowHeightPx}
        keyOf={({ cluster }) => cluster}
      >
        {({ cluster, name, size, whole }) => (
          <button
            type="button"
            aria-label={`${name}, ${formatCounted(size, 'photo')}`}
            aria-pressed={whole}
            title={name}
            onClick={(event) => {
              const add = event.ctrlKey || event.metaKey || event.shiftKey
              selectCluster(cluster, add ? 'add' : 'replace')
              if (add || cluster < 0) return
              const places = Uint32Array.from(clusters.ofPoint.keys()).filter(
                (place) => clusters.ofPoint[place] === cluster,
              )
              scene?.fit(places, motionMs())
            }}
          >
            <span className="one-line">{name}</span>
            <small>{formatCount(size)}</small>
          </button>
        )}
      </VirtualList>
    </div>
  )
}
