// Two models on the open library: how often they agree, label against label, and where they differ.
import './agreement-view.css'
import { ArrowLeft, Equal } from 'lucide-react'
import type { ModelAgreement, ModelsOverview } from '../../../preload/contract/models.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatCount, formatCounted, formatShare } from '../../ui/format.ts'
import { thumbUrl } from '../../ui/image-urls.ts'
import { useLatent } from '../../use-latent.ts'
import { AccuracySection } from './accuracy-section.tsx'
import { AgreementTable } from './agreement-table.tsx'

interface AgreementViewProps {
  readonly agreement: ModelAgreement
  readonly models: ModelsOverview
}

export function AgreementView({ agreement, models }: AgreementViewProps) {
  const show = useLatent((state) => state.showAgreement)
  const nameOf = (id: string): string => models.installed.find((one) => one.id === id)?.name ?? id
  const [own, other] = [nameOf(models.currentId), nameOf(agreement.otherId)]
  const { photos, same, matrix, differences } = agreement
  return (
    <div className="models agreement">
      <header>
        <Button className="flush" icon={ArrowLeft} onClick={() => void show(null)}>
          All models
        </Button>
        <h2 className="one-line">
          {own} and {other}
        </h2>
      </header>
      {photos === 0 ? (
        <EmptyState icon={Equal} title="No photo has labels of both models">
          <p>Use each of them for this library once, and they can be compared.</p>
        </EmptyState>
      ) : (
        <>
          <p>
            Both have labelled {formatCounted(photos, 'photo')} of this library, and give{' '}
            {formatCount(same)} of them ({formatShare(same / photos)}) the same best label.
          </p>
          <AccuracySection own={own} other={other} />
          <h2>Label against label</h2>
          <AgreementTable matrix={matrix} own={own} other={other} />
          {differences.length > 0 && <h2>Where they differ</h2>}
          <Differences agreement={agreement} />
        </>
      )}
    </div>
  )
}

function Differences({ agreement }: { readonly agreement: ModelAgreement }) {
  const libraryId = useLatent((state) => state.library?.id ?? '')
  const compareOn = useLatent((state) => state.compareOn)
  return (
    <ul className="differences" aria-label="Where they differ">
      {agreement.differences.map(({ ownName, otherName, count, examples }) => (
        <li key={`${ownName}/${otherName}`}>
          <p>
            <strong>{ownName}</strong> or <strong>{otherName}</strong>
            <small>{formatCounted(count, 'photo')}</small>
          </p>
          <div>
            {examples.map((photo) => (
              <button
                key={photo.id}
                type="button"
                title={`${photo.name}: look at it with both`}
                aria-label={`${photo.name}: look at it with both`}
                onClick={() => void compareOn(photo, agreement.otherId)}
              >
                <img src={thumbUrl(libraryId, photo)} alt="" draggable={false} />
              </button>
            ))}
          </div>
        </li>
      ))}
    </ul>
  )
}
