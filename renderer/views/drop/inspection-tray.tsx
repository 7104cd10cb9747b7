// The stack of inspection cards at the right edge, latest first.
import './inspection-tray.css'
import { Button } from '../../ui/button.tsx'
import { formatCounted } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'
import { InspectionCardView } from './inspection-card.tsx'

export function InspectionTray() {
  const cards = useLatent((state) => state.cards)
  const dismissAll = useLatent((state) => state.dismissAllCards)
  if (cards.length === 0) return null
  return (
    <section className="inspection-tray" aria-label="Inspection">
      {cards.length > 1 && (
        <header>
          {formatCounted(cards.length, 'dropped photo')}
          <Button onClick={dismissAll}>Dismiss all</Button>
        </header>
      )}
      {cards.map((card) => (
        <InspectionCardView key={card.key} card={card} />
      ))}
    </section>
  )
}
