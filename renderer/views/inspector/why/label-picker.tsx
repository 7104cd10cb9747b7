// Picks a label: the photo's best ones with a click, any other by its name.
import { Search } from 'lucide-react'
import { type KeyboardEvent, useId, useMemo, useState } from 'react'
import type { ExplainedLabel } from '../../../../preload/contract/inspector.ts'
import { formatCount, formatShare } from '../../../ui/format.ts'
import { searchLabels } from './search-labels.ts'

interface LabelPickerProps {
  readonly name: string
  readonly classIndex: number
  readonly best: readonly ExplainedLabel[]
  readonly classNames: readonly string[]
  readonly onChoose: (classIndex: number) => void
}

export function LabelPicker({ name, classIndex, best, classNames, onChoose }: LabelPickerProps) {
  const listId = useId()
  const [text, setText] = useState<string | null>(null)
  const [active, setActive] = useState(0)
  const found = useMemo(
    () => (text === null ? [] : searchLabels(classNames, text)),
    [classNames, text],
  )
  const choose = (index: number): void => {
    setText(null)
    onChoose(index)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setActive(Math.min(found.length - 1, active + 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1))
    else if (event.key === 'Escape') setText(null)
    else if (event.key === 'Enter' && found[active] !== undefined) choose(found[active])
    else return
    event.preventDefault()
  }
  const isBest = best.some(({ index }) => index === classIndex)
  return (
    <fieldset className="label-picker" aria-label={name}>
      <div className="search">
        <Search size={13} aria-hidden="true" />
        <input
          type="text"
          role="combobox"
          aria-label={`${name}: search all`}
          aria-expanded={text !== null}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={found[active] === undefined ? undefined : `${listId}-${active}`}
          placeholder={`Search ${formatCount(classNames.length)} labels`}
          spellCheck={false}
          value={text ?? ''}
          onFocus={() => setText('')}
          onBlur={() => setText(null)}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
        />
        {text !== null && found.length > 0 && (
          <div id={listId} className="found-labels" role="listbox" aria-label="Labels">
            {found.map((index, at) => (
              // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and points here
              // biome-ignore lint/a11y/useKeyWithClickEvents: the input listens for keys
              <div
                key={index}
                id={`${listId}-${at}`}
                role="option"
                className="one-line"
                aria-selected={at === active}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => choose(index)}
              >
                {classNames[index]}
              </div>
            ))}
          </div>
        )}
      </div>
      {!isBest && (
        <button type="button" className="label-chip" aria-pressed="true">
          <span className="one-line">{classNames[classIndex]}</span>
        </button>
      )}
      {best.map((label) => (
        <button
          key={label.index}
          type="button"
          className="label-chip"
          aria-pressed={label.index === classIndex}
          title={label.name}
          onClick={() => choose(label.index)}
        >
          <span className="one-line">{label.name}</span>
          <b>{formatShare(label.probability)}</b>
        </button>
      ))}
    </fieldset>
  )
}
