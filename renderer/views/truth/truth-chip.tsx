// What a person says a photo shows, told apart from what a network says by its colour and pencil.
import './truth-chip.css'
import { PencilLine } from 'lucide-react'
import type { Truth } from '../../../preload/contract/truth-name.ts'

export function TruthChip({ truth }: { readonly truth: Truth }) {
  return (
    <span className="truth-chip one-line" title={`You said: ${truth.name}`}>
      <PencilLine size={11} aria-label="You said" />
      {truth.name}
    </span>
  )
}
