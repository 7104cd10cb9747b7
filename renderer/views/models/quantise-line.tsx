// An integer twin of a network: on which photos, how far it is, how it compares, and keeping it.
import { Binary, FolderOpen, Square } from 'lucide-react'
import { useState } from 'react'
import type { InstalledModelInfo, QuantisationStatus } from '../../../preload/contract/models.ts'
import { Button } from '../../ui/button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Meter } from '../../ui/meter.tsx'
import { useLatent } from '../../use-latent.ts'
import { quantisationFacts, quantisationVerdict } from './quantise-words.ts'

interface QuantiseLineProps {
  readonly model: InstalledModelInfo
  readonly status: QuantisationStatus | null
}

export function QuantiseLine({ model, status }: QuantiseLineProps) {
  if (status?.modelId === model.id) return <Status status={status} />
  return model.canBeQuantised ? <Offer model={model} busy={status?.state === 'running'} /> : null
}

function Offer({ model, busy }: { readonly model: InstalledModelInfo; readonly busy: boolean }) {
  const [isOpen, setOpen] = useState(false)
  const quantise = useLatent((state) => state.quantise)
  const photos = useLatent((state) => state.library?.photoCount ?? 0)
  if (!isOpen) {
    return (
      <div className="quantise">
        <Button icon={Binary} className="flush" disabled={busy} onClick={() => setOpen(true)}>
          Make an integer build…
        </Button>
      </div>
    )
  }
  return (
    <fieldset className="quantise" aria-label="Make an integer build">
      <p className="state">
        Integers are faster on most processors and a little less exact. Some photos show how
        strongly each layer responds; others show how far the two agree. Nothing is replaced.
      </p>
      <div className="row">
        {photos > 0 && (
          <Button look="plain" autoFocus onClick={() => void quantise(model.id, 'library')}>
            Use {Math.min(photos, sampled)} photos of this library
          </Button>
        )}
        <Button icon={FolderOpen} onClick={() => void quantise(model.id, 'folder')}>
          Choose a folder…
        </Button>
        <Button onClick={() => setOpen(false)}>Cancel</Button>
      </div>
    </fieldset>
  )
}

/** As many as main takes. */
const sampled = 200

function Status({ status }: { readonly status: QuantisationStatus }) {
  const end = useLatent((state) => state.endQuantisation)
  switch (status.state) {
    case 'running':
      return (
        <div className="quantise">
          <p className="state" role="status">
            {status.text}…
            <Meter share={status.share} />
          </p>
          <Button icon={Square} className="flush" onClick={() => void end('stop')}>
            Stop
          </Button>
        </div>
      )
    case 'failed':
      return (
        <div className="quantise">
          <p className="state failed selectable" role="alert">
            {status.reason}
          </p>
          <Button className="flush" onClick={() => void end('discard')}>
            Close
          </Button>
        </div>
      )
    case 'done':
      return (
        <section className="quantise" aria-label="The integer build">
          <p className="state" role="status">
            {quantisationVerdict(status)}
          </p>
          <Facts facts={quantisationFacts(status)} />
          <div className="row">
            {status.isFaster && (
              <Button look="plain" onClick={() => void end('keep')}>
                Keep it
              </Button>
            )}
            <Button onClick={() => void end('discard')}>Discard it</Button>
          </div>
        </section>
      )
  }
}
