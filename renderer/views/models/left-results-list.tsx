// What models that were removed found out about the open library.
import { Eraser } from 'lucide-react'
import type { LeftResults } from '../../../preload/contract/models.ts'
import { formatBytes, formatCounted } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'
import { ConfirmButton } from './confirm-button.tsx'

interface LeftResultsListProps {
  readonly results: readonly LeftResults[]
  readonly libraryName: string
}

export function LeftResultsList({ results, libraryName }: LeftResultsListProps) {
  const remove = useLatent((state) => state.removeResults)
  return (
    <>
      <h2>Results of removed models</h2>
      <p>
        They are kept in “{libraryName}” in case the model comes back, and can be removed to save
        room.
      </p>
      <ul className="left-results" aria-label="Results of removed models">
        {results.map(({ modelId, photos, bytes }) => (
          <li key={modelId}>
            <span className="one-line">
              {modelId}: {formatCounted(photos, 'photo')}, {formatBytes(bytes)}
            </span>
            <ConfirmButton
              icon={Eraser}
              text="Remove results"
              question="Remove them?"
              onConfirm={() => void remove(modelId, modelId)}
            />
          </li>
        ))}
      </ul>
    </>
  )
}
