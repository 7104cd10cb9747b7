// Lasting conditions that a person should know of: a failed engine, a folder that is away.
import './banners.css'
import { BrainCircuit, CircleAlert, Unplug } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { formatCounted } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'
import { providerName } from './engine-words.ts'

export function Banners() {
  const engine = useLatent((state) => state.engine)
  const library = useLatent((state) => state.library)
  return (
    <>
      {engine?.state === 'failed' && (
        <div className="banner failure" role="alert">
          <CircleAlert size={16} aria-hidden="true" />
          <p>
            Photos cannot be analysed at the moment.{' '}
            <span>{engine.reason || 'Restart Latent to try again.'}</span>
          </p>
        </div>
      )}
      {engine?.state === 'ready' && engine.reason !== '' && (
        <div className="banner" role="status">
          <CircleAlert size={16} aria-hidden="true" />
          <p>
            Photos are analysed on {providerName(engine.executionProvider)}.{' '}
            <span>{engine.reason}</span>
          </p>
        </div>
      )}
      <ModelBanner />
      {library?.offline && (
        <div className="banner" role="status">
          <Unplug size={16} aria-hidden="true" />
          <p>
            “{library.name}” is not reachable.{' '}
            <span>
              What was analysed stays here. Connect the drive and choose “Look for changes” to go
              on.
            </span>
          </p>
        </div>
      )}
    </>
  )
}

/** Photos that another model has labelled already wait for the one in use. */
function ModelBanner() {
  const library = useLatent((state) => state.library)
  const models = useLatent((state) => state.models)
  const choose = useLatent((state) => state.chooseModel)
  if (library === null || models === null || models.beforeId === null) return null
  const unread = library.photoCount - library.doneCount
  const left = library.waitingCount - unread
  const before = models.installed.find(({ id }) => id === models.beforeId)
  const current = models.installed.find(({ id }) => id === models.currentId)
  if (left <= 0 || before === undefined || current === undefined) return null
  return (
    <div className="banner" role="status">
      <BrainCircuit size={16} aria-hidden="true" />
      <p className="one-line">
        {current.name} has not seen {formatCounted(left, 'photo')} yet.{' '}
        <span>The results of {before.name} are kept.</span>
      </p>
      <Button disabled={models.tryingId !== null} onClick={() => void choose(before.id)}>
        Back to {before.name}
      </Button>
    </div>
  )
}
