// Stands in for the picture where the window cannot draw in space: the lists go on working.
import './no-webgl.css'
import { MonitorX } from 'lucide-react'
import { useEffect } from 'react'
import { useLatent } from '../../use-latent.ts'

export function NoWebgl() {
  const panel = useLatent((state) => state.cloudPanel)
  const showPanel = useLatent((state) => state.showCloudPanel)
  useEffect(() => {
    if (panel === null) showPanel('photos')
  }, [panel, showPanel])
  return (
    <div className="no-webgl" role="status">
      <MonitorX size={28} strokeWidth={1.4} aria-hidden="true" />
      <h2>This computer gives Latent no 3-D graphics</h2>
      <p>
        The Cloud needs WebGL 2, from a graphics card and its driver. Without one it can be drawn by
        the processor, more slowly: close Latent and start it with
      </p>
      <code className="selectable">latent --enable-unsafe-swiftshader</code>
      <p>
        Until then the list beside this shows the same photos: search, clusters, neighbours and
        selection work as always.
      </p>
    </div>
  )
}
