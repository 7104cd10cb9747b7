// Shown while files are dragged over the window: what letting go will do.
import './drop-overlay.css'
import { ImageDown } from 'lucide-react'
import { useDropTarget } from './use-drop-target.ts'

export function DropOverlay() {
  const dragging = useDropTarget()
  if (!dragging) return null
  return (
    <div className="drop-overlay" data-testid="drop-overlay">
      <ImageDown size={36} strokeWidth={1.4} aria-hidden="true" />
      <strong>Drop to look inside</strong>
      <span>Photos are inspected one by one, a folder opens as a library, a model is tried.</span>
    </div>
  )
}
