// What a person says of the inspected photo, in the Inspector's header.
import { PencilLine } from 'lucide-react'
import { useEffect } from 'react'
import { Button } from '../../ui/button.tsx'
import { useLatent } from '../../use-latent.ts'
import { TruthChip } from './truth-chip.tsx'

export function InspectedTruth({ id }: { readonly id: number }) {
  const truth = useLatent((state) => state.rows.get(id)?.row.truth ?? null)
  const revision = useLatent((state) => state.list?.revision)
  const showPhotos = useLatent((state) => state.showPhotos)
  const askTruth = useLatent((state) => state.askTruth)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision may bring another truth
  useEffect(() => showPhotos([id]), [id, revision, showPhotos])
  return (
    <>
      {truth !== null && <TruthChip truth={truth} />}
      <Button
        icon={PencilLine}
        title="Say what it really shows (Ctrl+T)"
        onClick={() => askTruth([id])}
      >
        {truth === null ? 'What is it?' : 'Change'}
      </Button>
    </>
  )
}
