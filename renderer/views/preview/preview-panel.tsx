// What is known about the photo in the preview, and what can be done with its file.
import { FolderSearch, RotateCw } from 'lucide-react'
import { useEffect } from 'react'
import type { PhotoDetail } from '../../../preload/contract/domain.ts'
import { Button } from '../../ui/button.tsx'
import { type Fact, Facts } from '../../ui/facts.tsx'
import {
  formatBytes,
  formatDate,
  formatDimensions,
  formatMs,
  formatTaken,
} from '../../ui/format.ts'
import { LabelBars, WaitingLabelBars } from '../../ui/label-bars.tsx'
import { isProblem, statusWords } from '../../ui/status-words.ts'
import { useLatent } from '../../use-latent.ts'
import { TruthSection } from '../truth/truth-section.tsx'

export function PreviewPanel({ id }: { readonly id: number }) {
  const detail = useLatent((state) => state.previewDetail)
  const status = useLatent((state) => state.rows.get(id)?.row.status)
  const loadPreviewDetail = useLatent((state) => state.loadPreviewDetail)
  const reveal = useLatent((state) => state.reveal)
  const retry = useLatent((state) => state.retry)

  useEffect(() => {
    if (detail !== null && detail.id === id && status !== undefined && detail.status !== status) {
      void loadPreviewDetail(id)
    }
  }, [detail, id, status, loadPreviewDetail])

  return (
    <aside className="preview-panel" aria-label="Details">
      {detail?.id === id ? <Details detail={detail} /> : <WaitingLabelBars />}
      <div className="actions">
        <Button look="plain" icon={FolderSearch} onClick={() => void reveal([id])}>
          Reveal
        </Button>
        <Button look="plain" icon={RotateCw} onClick={() => void retry([id])}>
          Try again
        </Button>
      </div>
    </aside>
  )
}

const fileFacts = (detail: PhotoDetail): Fact[] => [
  ['Name', detail.name],
  ['Folder', detail.folder],
  ['Size', formatBytes(detail.sizeBytes)],
  ['Dimensions', formatDimensions(detail.widthPx, detail.heightPx)],
  ['Format', detail.format.toUpperCase()],
  ['Taken', detail.takenAt === null ? '' : formatTaken(detail.takenAt)],
  ['Changed', formatDate(detail.modifiedAtMs)],
  ['Camera', detail.camera ?? ''],
]

const analysisFacts = (detail: PhotoDetail): Fact[] => [
  ['Model', detail.model],
  ['Decoded in', formatMs(detail.decodeMs)],
  ['Classified in', formatMs(detail.inferMs)],
]

function Details({ detail }: { readonly detail: PhotoDetail }) {
  return (
    <>
      {isProblem(detail.status) && (
        <p className="trouble selectable">
          {statusWords[detail.status]}
          {detail.reason !== '' && <span>{detail.reason}</span>}
        </p>
      )}
      <section>
        <h3>Labels</h3>
        {detail.topLabels.length > 0 ? (
          <LabelBars labels={detail.topLabels} />
        ) : (
          <p>{detail.status === 'pending' ? 'Waiting to be analysed.' : 'None.'}</p>
        )}
      </section>
      <TruthSection photo={detail} />
      <section>
        <h3>File</h3>
        <Facts facts={fileFacts(detail)} />
      </section>
      {detail.topLabels.length > 0 && (
        <section>
          <h3>Analysis</h3>
          <Facts facts={analysisFacts(detail)} />
        </section>
      )}
    </>
  )
}
