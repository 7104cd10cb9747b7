// The activation atlas in the Cloud's workspace: what a layer tells apart on the person's photos.
import './activation-atlas-view.css'
import { useEffect } from 'react'
import { useLatent } from '../../use-latent.ts'
import { AtlasBar } from './atlas-bar.tsx'
import { AtlasCanvas } from './atlas-canvas.tsx'
import { AtlasEmpty } from './atlas-empty.tsx'
import { AtlasStateLine } from './atlas-state-line.tsx'
import { CellPanel } from './cell-panel.tsx'
import { CloudModeSwitch } from './cloud-mode-switch.tsx'

export function ActivationAtlasView() {
  const atlas = useLatent((state) => state.atlas)
  const cell = useLatent((state) => state.atlasCell)
  const openFirst = useLatent((state) => state.openFirstAtlas)
  const libraryId = useLatent((state) => state.library?.id)
  const modelId = useLatent((state) => state.models?.currentId)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one has other atlases
  useEffect(() => void openFirst(), [openFirst, libraryId, modelId])
  return (
    <div className="activation-atlas" data-panel={cell !== null || undefined}>
      {atlas === null ? <AtlasEmpty /> : <AtlasCanvas key={atlas.id} atlas={atlas} />}
      <div className="atlas-left">
        <CloudModeSwitch />
        <AtlasBar />
      </div>
      <AtlasStateLine />
      {atlas !== null && cell !== null && <CellPanel atlas={atlas} cell={cell} />}
    </div>
  )
}
