// One model that can be had: what it is, its download, or the file in its place.
import { Download, FileInput, Pause, Play, X } from 'lucide-react'
import type { CatalogueModel } from '../../../preload/contract/models.ts'
import { Button } from '../../ui/button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { formatBytes } from '../../ui/format.ts'
import { Meter } from '../../ui/meter.tsx'
import { useLatent } from '../../use-latent.ts'
import { catalogueFacts } from './model-words.ts'

export function CatalogueCard({ model }: { readonly model: CatalogueModel }) {
  return (
    <li className="model-card" aria-label={model.name}>
      <header>
        <h3 className="one-line">{model.name}</h3>
      </header>
      <p className="summary">{model.facts.summary}</p>
      <Facts facts={catalogueFacts(model)} />
      <DownloadLine model={model} />
      <DownloadButtons model={model} />
    </li>
  )
}

function DownloadLine({ model: { download, sizeBytes } }: { readonly model: CatalogueModel }) {
  const { state, doneBytes, reason } = download
  const done = `${formatBytes(doneBytes)} of ${formatBytes(sizeBytes)}`
  switch (state) {
    case 'none':
      return null
    case 'running':
    case 'paused':
      return (
        <p className="state" role="status">
          {state === 'paused' ? 'Paused: ' : ''}
          {done}
          <Meter share={doneBytes / sizeBytes} quiet={state === 'paused'} />
        </p>
      )
    case 'checking':
      return (
        <p className="state" role="status">
          Checking the file and trying the network…
          <Meter share={null} />
        </p>
      )
    case 'failed':
      return (
        <p className="state failed selectable" role="alert">
          {reason}
        </p>
      )
  }
}

function DownloadButtons({ model: { id, name, download } }: { readonly model: CatalogueModel }) {
  const start = useLatent((state) => state.download)
  const pause = useLatent((state) => state.pauseDownload)
  const cancel = useLatent((state) => state.cancelDownload)
  const pick = useLatent((state) => state.pickModel)
  const { state, doneBytes } = download
  const idle = state === 'none' || state === 'failed' || state === 'paused'
  return (
    <footer>
      {idle && (
        <Button
          look="plain"
          icon={state === 'none' ? Download : Play}
          aria-label={state === 'none' ? `Download ${name}` : `Go on with ${name}`}
          onClick={() => void start(id)}
        >
          {state === 'none' ? 'Download' : doneBytes > 0 ? 'Go on' : 'Try again'}
        </Button>
      )}
      {state === 'running' && (
        <Button look="plain" icon={Pause} onClick={() => void pause(id)}>
          Pause
        </Button>
      )}
      {(state === 'running' || doneBytes > 0) && state !== 'checking' && (
        <Button icon={X} onClick={() => void cancel(id)}>
          Cancel
        </Button>
      )}
      {idle && (
        <span className="end">
          <Button icon={FileInput} onClick={() => void pick()}>
            Import the file…
          </Button>
        </span>
      )}
    </footer>
  )
}
