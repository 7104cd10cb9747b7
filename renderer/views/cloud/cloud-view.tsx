// The Cloud workspace: all photos of the library in space, or why there is nothing to see yet; or
// what a layer of the network tells apart on them.
import { useLatent } from '../../use-latent.ts'
import { ActivationAtlasView } from '../activation-atlas/activation-atlas-view.tsx'
import { CloudEmpty } from './cloud-empty.tsx'
import { CloudRoom } from './cloud-room.tsx'

export function CloudView() {
  const data = useLatent((state) => state.cloudData)
  const mode = useLatent((state) => state.cloudMode)
  if (data === null || data.points.ids.length === 0) return <CloudEmpty />
  return (
    <>
      {/* Kept: the pictures that it has loaded and where the eye was. */}
      <div className="cloud-photos" hidden={mode !== 'photos'}>
        <CloudRoom data={data} />
      </div>
      {mode === 'atlas' && <ActivationAtlasView />}
    </>
  )
}
