// Stands where labels would be, of a network that gives none.
import { Tags } from 'lucide-react'
import type { InspectorModel } from '../../../preload/contract/inspector.ts'
import { EmptyState } from '../../ui/empty-state.tsx'

export function NoLabels({ model }: { readonly model: InspectorModel }) {
  return (
    <EmptyState icon={Tags} title="This model has no labels">
      <p>
        {model.name} turns photos into numbers to compare them by. Its layers, units and vector can
        be looked at like any other network’s.
      </p>
    </EmptyState>
  )
}
