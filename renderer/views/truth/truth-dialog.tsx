// Asks what photos really show: the network's guesses first, any other class by its name.
import '../palette/palette.css'
import { Search, Undo2 } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { Truth } from '../../../preload/contract/truth-name.ts'
import { Button } from '../../ui/button.tsx'
import { formatCounted } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'
import { truthChoices } from './truth-choices.ts'
import { TruthOption } from './truth-option.tsx'

export function TruthDialog() {
  const ids = useLatent((state) => state.truthAsked)
  return ids === null ? null : <OpenTruthDialog ids={ids} />
}

function OpenTruthDialog({ ids }: { readonly ids: readonly number[] }) {
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const rows = useLatent((state) => state.rows)
  const found = useLatent((state) => state.truthsFound)
  const search = useLatent((state) => state.searchTruths)
  const end = useLatent((state) => state.endAskingTruth)
  const sayTruth = useLatent((state) => state.sayTruth)
  const dialog = useRef<HTMLDialogElement>(null)
  const listId = useId()
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])

  const asked = ids.flatMap((id) => rows.get(id)?.row ?? [])
  const choices = truthChoices(asked, found, text)
  const chosen = Math.min(active, choices.length - 1)
  const say = (truth: Truth | null): void => void sayTruth(ids, truth)
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = choices.length - 1
    const at = choices[chosen]
    if (event.key === 'ArrowDown') setActive(chosen >= last ? 0 : chosen + 1)
    else if (event.key === 'ArrowUp') setActive(chosen <= 0 ? last : chosen - 1)
    else if (event.key === 'Enter' && at !== undefined) say(at.truth)
    else return
    event.preventDefault()
  }
  return (
    <dialog
      ref={dialog}
      className="palette truth-dialog"
      aria-label="What do they really show?"
      onClose={end}
      onPointerDown={(event) => event.target === dialog.current && dialog.current?.close()}
      // What lies below has keys of its own.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div className="palette-box">
        <header>
          <h2 className="one-line">
            {ids.length === 1
              ? `What does ${asked[0]?.name ?? 'this photo'} really show?`
              : `What do these ${formatCounted(ids.length, 'photo')} really show?`}
          </h2>
        </header>
        <div className="palette-search">
          <Search size={16} aria-hidden="true" />
          <input
            type="text"
            role="combobox"
            aria-label="Search what a photo can show"
            aria-expanded="true"
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={choices[chosen] && `${listId}-${chosen}`}
            placeholder="Search by name"
            spellCheck={false}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value)
              setActive(0)
              search(event.currentTarget.value.trim())
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <div id={listId} className="palette-list" role="listbox" aria-label="Classes">
          {choices.map(({ truth, note }, at) => (
            <TruthOption
              key={`${truth.wnid}/${truth.name}`}
              elementId={`${listId}-${at}`}
              truth={truth}
              note={note}
              chosen={at === chosen}
              onSay={() => say(truth)}
            />
          ))}
          {choices.length === 0 && <p>The network knows nothing by that name.</p>}
        </div>
        {asked.some(({ truth }) => truth !== null) && (
          <footer>
            <Button icon={Undo2} onClick={() => say(null)}>
              Take back what was said
            </Button>
          </footer>
        )}
      </div>
    </dialog>
  )
}
