// What goes on in the Cloud, or what stands: photos and how true their layout is.
import './state-line.css'
import { CircleAlert, Square } from 'lucide-react'
import { Button, IconButton } from '../../ui/button.tsx'
import { Meter } from '../../ui/meter.tsx'
import { useLatent } from '../../use-latent.ts'
import { stateLine } from './cloud-words.ts'

export function StateLine() {
  const status = useLatent((state) => state.cloudStatus)
  const stop = useLatent((state) => state.stopCloud)
  const layOut = useLatent((state) => state.layOutCloud)
  const showPanel = useLatent((state) => state.showCloudPanel)
  if (status === null) return null
  if (status.state === 'failed') {
    return (
      <div className="state-line" role="alert">
        <CircleAlert size={14} aria-hidden="true" />
        <span className="selectable">The layout failed: {status.reason}</span>
        <Button onClick={() => void layOut({})}>Try again</Button>
      </div>
    )
  }
  const working = status.state === 'working' && status.stage !== null
  return (
    <div className="state-line" data-testid="cloud-state" data-state={status.state}>
      {working && <Meter share={status.fraction} />}
      <button
        type="button"
        className="one-line"
        title="How the photos are laid out"
        onClick={() => showPanel('layout')}
      >
        {stateLine(status)}
      </button>
      {working && <IconButton icon={Square} name="Stop" onClick={() => void stop()} />}
    </div>
  )
}
