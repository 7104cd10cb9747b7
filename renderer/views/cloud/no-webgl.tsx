// Stands in for the picture where the window cannot draw in space: the lists go on working.
import './no-webgl.css'
import { MonitorX, RotateCw } from 'lucide-react'
import { useEffect } from 'react'
import { Button } from '../../ui/button.tsx'
import { useLatent } from '../../use-latent.ts'

export function NoWebgl() {
  const panel = useLatent((state) => state.cloudPanel)
  const restart = useLatent((state) => state.restartInSoftware)
  const showPanel = useLatent((state) => state.showCloudPanel)
  useEffect(() => {
    if (panel === null) showPanel('photos')
  }, [panel, showPanel])
  return (
    <div className="no-webgl" role="status">
      <MonitorX size={28} strokeWidth={1.4} aria-hidden="true" />
      <h2>This computer gives Latent no 3-D graphics</h2>
      <p>
        The Cloud is drawn with WebGL 2, by a graphics card and its driver. Where they do not, the
        processor can, more slowly.
      </p>
      <Button look="primary" icon={RotateCw} onClick={() => void restart()}>
        Restart and draw with the processor
      </Button>
      <p>
        To have it so every time, update the graphics driver or start Latent with
        <code className="selectable">latent --use-angle=swiftshader</code>
      </p>
      <p>
        Until then the list beside this shows the same photos: search, clusters, neighbours and
        selection work as always.
      </p>
    </div>
  )
}
