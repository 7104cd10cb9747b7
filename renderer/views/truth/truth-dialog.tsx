// Asks what photos really show: the network's guesses first, any other class by its name.
import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { Truth } from '../../../preload/contract/truth-name.ts'
import { Button } from '../../ui/button.tsx'
import { Chooser } from '../../ui/chooser.tsx'
import { formatCounted } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'
import { truthChoices } from './truth-choices.ts'

export function TruthDialog() {
  const ids = useLatent((state) => state.truthAsked)
  return ids === null ? null : <OpenTruthDialog ids={ids} />
}

function OpenTruthDialog({ ids }: { readonly ids: readonly number[] }) {
  const [text, setText] = useState('')
  const rows = useLatent((state) => state.rows)
  const found = useLatent((state) => state.truthsFound)
  const foundBy = useLatent((state) => state.truthsFoundBy)
  const search = useLatent((state) => state.searchTruths)
  const end = useLatent((state) => state.endAskingTruth)
  const sayTruth = useLatent((state) => state.sayTruth)

  const asked = ids.flatMap((id) => rows.get(id)?.row ?? [])
  const say = (truth: Truth | null): void => void sayTruth(ids, truth)
  return (
    <Chooser
      label="What do they really show?"
      listLabel="Classes"
      searchLabel="Search what a photo can show"
      placeholder="Search by name"
      text={text}
      onText={(wanted) => {
        setText(wanted)
        search(wanted.trim())
      }}
      waiting={text.trim() !== foundBy}
      choices={truthChoices(asked, found, text).map(({ truth, note }) => ({
        key: `${truth.wnid}/${truth.name}`,
        name: truth.name,
        note,
        onChoose: () => say(truth),
      }))}
      nothing="The network knows nothing by that name."
      onClose={end}
      header={
        <header>
          <h2 className="one-line">
            {ids.length === 1
              ? `What does ${asked[0]?.name ?? 'this photo'} really show?`
              : `What do these ${formatCounted(ids.length, 'photo')} really show?`}
          </h2>
        </header>
      }
      footer={
        asked.some(({ truth }) => truth !== null) && (
          <footer>
            <Button icon={Undo2} onClick={() => say(null)}>
              Take back what was said
            </Button>
          </footer>
        )
      }
    />
  )
}
