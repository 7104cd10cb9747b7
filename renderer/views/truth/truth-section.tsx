// The preview's word on what the photo really shows, and the way to say it.
import { PencilLine, Undo2 } from 'lucide-react'
import type { PhotoRow } from '../../../preload/contract/domain.ts'
import { Button } from '../../ui/button.tsx'
import { useLatent } from '../../use-latent.ts'
import { TruthChip } from './truth-chip.tsx'

export function TruthSection({ photo }: { readonly photo: PhotoRow }) {
  const askTruth = useLatent((state) => state.askTruth)
  const sayTruth = useLatent((state) => state.sayTruth)
  const { id, truth } = photo
  return (
    <section>
      <h3>What it really shows</h3>
      <div className="truth-line">
        {truth !== null && <TruthChip truth={truth} />}
        <Button look="plain" icon={PencilLine} title="Ctrl+T" onClick={() => askTruth([id])}>
          {truth === null ? 'Say what it is' : 'Change'}
        </Button>
        {truth !== null && (
          <Button look="plain" icon={Undo2} onClick={() => void sayTruth([id], null)}>
            Take back
          </Button>
        )}
      </div>
    </section>
  )
}
