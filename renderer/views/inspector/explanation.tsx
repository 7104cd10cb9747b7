// Beside each view: what it shows, for those who never met a convolution.
import './explanation.css'
import { X } from 'lucide-react'
import { IconButton } from '../../ui/button.tsx'
import { useLatent } from '../../use-latent.ts'
import { explanations } from './explanations.ts'

export function Explanation() {
  const view = useLatent((state) => state.inspectorView)
  const shown = useLatent((state) => state.explanationShown)
  const show = useLatent((state) => state.showExplanation)
  if (!shown) return null
  const { title, paragraphs, tries } = explanations[view]
  return (
    <aside className="explanation" aria-label="Explanation">
      <header>
        <h3>{title}</h3>
        <IconButton icon={X} name="Hide the explanation" onClick={() => show(false)} />
      </header>
      <div className="selectable">
        {paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <h4>Try this</h4>
        <ul>
          {tries.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </div>
    </aside>
  )
}
