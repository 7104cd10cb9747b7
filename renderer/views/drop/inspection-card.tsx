// One dropped or pasted image: a skeleton at once, then what the network sees in it.
import { FileX, ImagePlus, ScanEye, X } from 'lucide-react'
import type { Inspection } from '../../../preload/contract/domain.ts'
import type { AddState, InspectionCard } from '../../state/inspections-slice.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { formatBytes, formatDimensions, formatMs, formatTaken } from '../../ui/format.ts'
import { inspectionUrl } from '../../ui/image-urls.ts'
import { LabelBars, WaitingLabelBars } from '../../ui/label-bars.tsx'
import { isProblem, statusWords } from '../../ui/status-words.ts'
import { useLatent } from '../../use-latent.ts'
import { providerName } from '../shell/engine-words.ts'

export function InspectionCardView({ card }: { readonly card: InspectionCard }) {
  const dismiss = useLatent((state) => state.dismissCard)
  return (
    <article
      className="inspection-card"
      aria-label={card.name}
      aria-busy={card.state.kind === 'waiting'}
    >
      <header>
        <h3 className="one-line" title={card.name}>
          {card.name}
        </h3>
        <IconButton icon={X} name="Dismiss" onClick={() => dismiss(card.key)} />
      </header>
      <CardBody card={card} />
    </article>
  )
}

function CardBody({ card: { key, state } }: { readonly card: InspectionCard }) {
  if (state.kind === 'waiting') {
    return (
      <>
        <div className="picture waiting" />
        <div className="body">
          <WaitingLabelBars />
          <small>Reading…</small>
        </div>
      </>
    )
  }
  if (state.kind === 'failed') {
    return (
      <div className="body">
        <Trouble title={state.failure.message} text={state.failure.hint} />
      </div>
    )
  }
  return <DoneBody cardKey={key} inspection={state.inspection} added={state.added} />
}

interface DoneBodyProps {
  readonly cardKey: number
  readonly inspection: Inspection
  readonly added: AddState
}

function DoneBody({ cardKey, inspection, added }: DoneBodyProps) {
  const hasLibrary = useLatent((state) => state.library !== null)
  const lookInside = useLatent((state) => state.lookInsideCard)
  const addInspection = useLatent((state) => state.addInspection)
  const about = [
    formatDimensions(inspection.widthPx, inspection.heightPx),
    formatBytes(inspection.sizeBytes),
    inspection.format.toUpperCase(),
  ]
  const origin = [
    inspection.camera ?? '',
    inspection.takenAt === null ? '' : formatTaken(inspection.takenAt),
  ]
  return (
    <>
      <div className="picture">
        {inspection.wasSeen ? (
          <img src={inspectionUrl(inspection.id)} alt={inspection.name} draggable={false} />
        ) : (
          <FileX size={28} strokeWidth={1.2} aria-hidden="true" />
        )}
      </div>
      <div className="body">
        {isProblem(inspection.status) && (
          <Trouble title={statusWords[inspection.status]} text={inspection.reason} />
        )}
        {inspection.labels.length > 0 && <LabelBars labels={inspection.labels} />}
        {inspection.wasSeen && inspection.labels.length === 0 && (
          <small>{inspection.model} has no labels.</small>
        )}
        <small className="selectable">
          <Line parts={about} />
          <Line parts={origin} />
          {inspection.wasSeen && (
            <Line
              parts={[
                `${inspection.model} on ${providerName(inspection.executionProvider)}`,
                `decoded in ${formatMs(inspection.decodeMs)}`,
                `classified in ${formatMs(inspection.inferMs)}`,
              ]}
            />
          )}
        </small>
        {inspection.wasSeen && (
          <Button look="primary" icon={ScanEye} onClick={() => void lookInside(cardKey)}>
            Look inside
          </Button>
        )}
        {inspection.canBeAdded && hasLibrary && (
          <Button
            look="plain"
            icon={ImagePlus}
            disabled={added !== 'no'}
            onClick={() => void addInspection(cardKey)}
          >
            {added === 'yes' ? 'Added to the library' : 'Add to library'}
          </Button>
        )}
      </div>
    </>
  )
}

function Line({ parts }: { readonly parts: readonly string[] }) {
  const text = parts.filter((part) => part !== '').join(' · ')
  return text === '' ? null : <div>{text}</div>
}

function Trouble({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <p className="trouble selectable" role="alert">
      {title}
      {text !== '' && <span>{text}</span>}
    </p>
  )
}
