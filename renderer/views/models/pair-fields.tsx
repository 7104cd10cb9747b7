// The text network that goes with a picture network: which it is, or a way to bring one.
import { FileText } from 'lucide-react'
import type { PairSummary } from '../../../preload/contract/models.ts'
import { Button } from '../../ui/button.tsx'
import { useLatent } from '../../use-latent.ts'
import { CardSection, Field } from './card-section.tsx'

export function PairFields({ pair }: { readonly pair: PairSummary }) {
  return (
    <CardSection
      title="Text"
      note="Photos can be searched by describing them. Their labels begin with common subjects; choose others once it is installed."
    >
      <Field name="Text network">
        <input type="text" value={pair.textFile} disabled />
      </Field>
      <Field name="Longest text">
        <input type="text" value={`${pair.contextTokens} tokens`} disabled />
      </Field>
      <Field name="Cosines times">
        <input type="text" value={String(Math.round(pair.scale * 10) / 10)} disabled />
      </Field>
      <TextNetworkField text="Another one…" />
    </CardSection>
  )
}

export function TextNetworkField({ text = 'Text network…' }: { readonly text?: string }) {
  const pick = useLatent((state) => state.pickModelText)
  const trying = useLatent((state) => state.brought?.trying ?? false)
  return (
    <div className="card-field">
      <span>Of a pair (CLIP, SigLIP)</span>
      <span className="choice-row">
        <Button
          look="plain"
          icon={FileText}
          disabled={trying}
          title="Choose the text network and its tokenizer.json"
          onClick={() => void pick()}
        >
          {text}
        </Button>
      </span>
    </div>
  )
}
