// A dialog in which one thing of many is found by typing; Enter takes the marked one.
import './chooser.css'
import { Search } from 'lucide-react'
import {
  type KeyboardEvent,
  type ReactNode,
  type SyntheticEvent,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { ChooserOption } from './chooser-option.tsx'

export interface Choice {
  readonly key: string
  readonly name: string
  /** At the end of the line; empty for none. */
  readonly note: string
  readonly onChoose: () => void
}

interface ChooserProps {
  /** Of the dialog, for a screen reader. */
  readonly label: string
  readonly listLabel: string
  readonly searchLabel: string
  readonly placeholder: string
  readonly text: string
  readonly onText: (text: string) => void
  readonly choices: readonly Choice[]
  /** The choices are those of an earlier text: Enter takes one of those that are on their way. */
  readonly waiting?: boolean
  /** In place of a list without anything in it. */
  readonly nothing: string
  readonly onClose: () => void
  readonly header?: ReactNode
  readonly footer?: ReactNode
}

export function Chooser(props: ChooserProps) {
  const { label, listLabel, searchLabel, placeholder, text, choices, waiting = false } = props
  const [active, setActive] = useState(0)
  const [entered, setEntered] = useState(false)
  const dialog = useRef<HTMLDialogElement>(null)
  const listId = useId()
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])

  const last = choices.length - 1
  const marked = Math.min(active, last)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setActive(marked >= last ? 0 : marked + 1)
    else if (event.key === 'ArrowUp') setActive(marked <= 0 ? last : marked - 1)
    else if (event.key === 'Home') setActive(0)
    else if (event.key === 'End') setActive(last)
    else if (event.key === 'Enter') setEntered(true)
    else return
    event.preventDefault()
  }
  useEffect(() => {
    if (!entered || waiting) return
    setEntered(false)
    choices[marked]?.onChoose()
  }, [entered, waiting, choices, marked])
  const onChange = ({ currentTarget }: SyntheticEvent<HTMLInputElement>): void => {
    setActive(0)
    setEntered(false)
    props.onText(currentTarget.value)
  }
  return (
    <dialog
      ref={dialog}
      className="chooser"
      aria-label={label}
      onClose={props.onClose}
      onPointerDown={(event) => event.target === dialog.current && dialog.current?.close()}
      // What lies below has keys of its own.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div className="chooser-box">
        {props.header}
        <div className="chooser-search">
          <Search size={16} aria-hidden="true" />
          <input
            type="text"
            role="combobox"
            aria-label={searchLabel}
            aria-expanded="true"
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={choices[marked] && `${listId}-${marked}`}
            placeholder={placeholder}
            spellCheck={false}
            value={text}
            onChange={onChange}
            onKeyDown={onKeyDown}
          />
        </div>
        <div id={listId} className="chooser-list" role="listbox" aria-label={listLabel}>
          {choices.map((choice, at) => (
            <ChooserOption
              key={choice.key}
              elementId={`${listId}-${at}`}
              choice={choice}
              marked={at === marked}
            />
          ))}
          {choices.length === 0 && <p>{props.nothing}</p>}
        </div>
        {props.footer}
      </div>
    </dialog>
  )
}
