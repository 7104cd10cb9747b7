// Chooses what to compare with: a photo of the library's selection, a drop, a recent one, or the
// same photo in another network.
import { BrainCircuit, Columns2 } from 'lucide-react'
import type { InspectedSlot } from '../../../state/inspector-slice.ts'
import { sourceKey } from '../../../state/recent-inspections.ts'
import type { LatentState } from '../../../state/slice.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { useLatent } from '../../../use-latent.ts'
import { RecentStrip } from '../recent-strip.tsx'
import { Trouble } from '../trouble.tsx'

/** A selected photo of the library that is not the inspected one. */
const selectedPhoto = ({ selection, inspected }: LatentState): number | null => {
  const { source } = inspected.a
  for (const id of selection.ids) if (source?.kind !== 'photo' || source.id !== id) return id
  return null
}

export function SecondPhoto({ slot }: { readonly slot: InspectedSlot }) {
  const selected = useLatent(selectedPhoto)
  const selectedName = useLatent((state) =>
    selected === null ? '' : (state.rows.get(selected)?.row.name ?? 'the selected photo'),
  )
  const first = useLatent((state) => state.inspected.a.source)
  const inspect = useLatent((state) => state.inspect)
  const inspectAgain = useLatent((state) => state.inspectAgain)
  const showWorkspace = useLatent((state) => state.showWorkspace)
  const hasOthers = useLatent((state) => state.recentlyInspected.length > 1)
  const hasLibrary = useLatent((state) => state.library !== null)
  if (slot.opening) return <EmptyState icon={Columns2} title={`Looking inside “${slot.name}”…`} />
  return (
    <div className="second-photo view-scroll">
      {slot.failure !== null && (
        <Trouble failure={slot.failure} onRetry={() => void inspectAgain('b')} />
      )}
      <EmptyState icon={Columns2} title="Choose a photo or a network to compare with">
        <p>
          {hasOthers ? 'Drop one here, or take one that you inspected before.' : 'Drop one here.'}
        </p>
        {selected !== null && (
          <Button
            look="primary"
            onClick={() => void inspect({ kind: 'photo', id: selected }, selectedName, 'b')}
          >
            Compare with {selectedName}
          </Button>
        )}
        {selected === null && hasLibrary && (
          <Button look="plain" onClick={() => showWorkspace('library')}>
            Select one in the library
          </Button>
        )}
        <OtherModels />
      </EmptyState>
      <RecentStrip
        without={first === null ? [] : [sourceKey(first)]}
        onChoose={({ source, name }) => void inspect(source, name, 'b')}
      />
    </div>
  )
}

/** The same photo, looked at with another network. */
function OtherModels() {
  const models = useLatent((state) => state.models)
  const shown = useLatent((state) => state.inspectorModel?.id)
  const { source, name } = useLatent((state) => state.inspected.a)
  const inspect = useLatent((state) => state.inspect)
  const others = models?.installed.filter(({ id, broken }) => id !== shown && broken === '') ?? []
  if (source === null || others.length === 0) return null
  return (
    <div className="other-models">
      <p>Or look at this photo with another network beside this one:</p>
      {others.map((model) => (
        <Button
          key={model.id}
          look="plain"
          icon={BrainCircuit}
          onClick={() => void inspect({ ...source }, name, 'b', model.id)}
        >
          {model.name}
        </Button>
      ))}
    </div>
  )
}
