// How far the picture can be trusted, in plain words.
import { formatCount, formatDuration, formatShare } from '../../ui/format.ts'
import { Meter } from '../../ui/meter.tsx'
import { useLatent } from '../../use-latent.ts'

export function LayoutQuality() {
  const facts = useLatent((state) => state.cloudStatus?.facts ?? null)
  if (facts === null) return null
  return (
    <section className="layout-quality" aria-label="Quality of the layout">
      <h3>How true it is</h3>
      <Figure
        name="Trustworthiness"
        share={facts.trustworthiness}
        meaning="Photos that lie together here are alike to the network."
      />
      <Figure
        name="Continuity"
        share={facts.continuity}
        meaning="Photos that are alike to the network lie together here."
      />
      <small>
        Looked at {formatCount(facts.k)} neighbours of {formatCount(facts.sampled)} photos; laid out
        in {formatDuration(facts.seconds)}.
        {!facts.exactNeighbours && ' Neighbours were looked for in near cells only.'}
      </small>
    </section>
  )
}

interface FigureProps {
  readonly name: string
  readonly share: number
  readonly meaning: string
}

function Figure({ name, share, meaning }: FigureProps) {
  return (
    <div>
      <p>
        {name}
        <b>{formatShare(share)}</b>
      </p>
      <Meter share={share} />
      <small>{meaning}</small>
    </div>
  )
}
