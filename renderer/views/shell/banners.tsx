// Lasting conditions that a person should know of: a failed engine, a folder that is away.
import './banners.css'
import { CircleAlert, Unplug } from 'lucide-react'
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
