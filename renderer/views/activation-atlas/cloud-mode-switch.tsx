// Photos as points, or the activation atlas: what the Cloud's workspace shows.
import './cloud-mode-switch.css'
import { Segmented } from '../../ui/segmented.tsx'
import { useLatent } from '../../use-latent.ts'

const modes = [
  ['photos', 'Photos'],
  ['atlas', 'Activation atlas'],
] as const

export function CloudModeSwitch() {
  const mode = useLatent((state) => state.cloudMode)
  const show = useLatent((state) => state.showCloudAs)
  return (
    <div className="cloud-mode">
      <Segmented name="What the Cloud shows" value={mode} choices={modes} onChange={show} />
    </div>
  )
}
