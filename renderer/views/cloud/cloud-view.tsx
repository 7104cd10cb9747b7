// The Cloud workspace: all photos of the library in space, or why there is nothing to see yet.
import { useLatent } from '../../use-latent.ts'
import { CloudEmpty } from './cloud-empty.tsx'
import { CloudRoom } from './cloud-room.tsx'

export function CloudView() {
  const data = useLatent((state) => state.cloudData)
  if (data === null || data.points.ids.length === 0) return <CloudEmpty />
  return <CloudRoom data={data} />
}
