// The Cloud with its points: it fills the room, everything else floats at the edges.
import './cloud-room.css'
import { useEffect, useState } from 'react'
import type { CloudData } from '../../state/cloud-points.ts'
import { useLatent } from '../../use-latent.ts'
import { CloudModeSwitch } from '../activation-atlas/cloud-mode-switch.tsx'
import { CloudCanvas } from './cloud-canvas.tsx'
import { CloudSays } from './cloud-says.tsx'
import { Limits } from './limits.tsx'
import { LookPanel } from './look-panel.tsx'
import { NeighbourStrip } from './neighbour-strip.tsx'
import { NoWebgl } from './no-webgl.tsx'
import { SearchField } from './search-field.tsx'
import { SelectionActions } from './selection-actions.tsx'
import { SidePanel } from './side-panel.tsx'
import { StateLine } from './state-line.tsx'
import { Timeline } from './timeline.tsx'
import { ToolRail } from './tool-rail.tsx'
import { useCoveredEdges } from './use-covered-edges.ts'
import { useShown } from './use-shown.ts'

export function CloudRoom({ data }: { readonly data: CloudData }) {
  const shown = useShown(data)
  const [room, setRoom] = useState<HTMLElement | null>(null)
  const inset = useCoveredEdges(room)
  const panel = useLatent((state) => state.cloudPanel)
  const timelineShown = useLatent((state) => state.timelineShown)
  const hasCards = useLatent((state) => state.cards.length > 0)
  const trays = useLatent((state) => state.trays)
  const selection = useLatent((state) => state.selection)
  const colourBy = useLatent((state) => state.cloudColourBy)
  const followLikeness = useLatent((state) => state.followLikeness)
  const showOutside = useLatent((state) => state.showOutside)

  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what it asks about
  useEffect(() => followLikeness(), [followLikeness, trays, selection.ids, colourBy])
  useEffect(() => {
    if (selection.ids.size > 0) showOutside(null)
  }, [selection.ids, showOutside])

  return (
    <div
      ref={setRoom}
      className="cloud"
      data-panel={panel ?? undefined}
      data-cards={hasCards || undefined}
    >
      <CloudCanvas data={data} shown={shown} inset={inset} instead={<NoWebgl />} />
      <div className="cloud-left">
        <CloudModeSwitch />
        <SearchField matched={shown.ids.length} />
        <div className="cloud-left-row">
          <ToolRail />
          <LookPanel legend={shown.legend} />
        </div>
      </div>
      <Limits shownCount={shown.ids.length} />
      <SidePanel data={data} shownIds={shown.ids} />
      <div className="cloud-bottom">
        <SelectionActions />
        <NeighbourStrip />
        {timelineShown && <Timeline data={data} />}
      </div>
      <StateLine />
      <CloudSays shownCount={shown.ids.length} />
    </div>
  )
}
