// Which unit is looked at: its number can be typed or stepped.
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { InspectorModel, LayerInfo } from '../../../../preload/contract/inspector.ts'
import { IconButton } from '../../../ui/button.tsx'
import { useLatent } from '../../../use-latent.ts'
import { classOfChannel } from '../activations/channel-name.ts'

interface UnitBarProps {
  readonly model: InspectorModel
  readonly layer: LayerInfo
  readonly channel: number
}

export function UnitBar({ model, layer, channel }: UnitBarProps) {
  const chooseChannel = useLatent((state) => state.chooseChannel)
  const [text, setText] = useState<string | null>(null)
  const last = layer.channels - 1
  const take = (): void => {
    const typed = Number.parseInt(text ?? '', 10)
    setText(null)
    if (typed >= 0) chooseChannel(Math.min(last, typed))
  }
  return (
    <div className="view-bar">
      <h3>{layer.name}</h3>
      <label className="unit-number">
        <span>Unit</span>
        <input
          type="text"
          inputMode="numeric"
          aria-label={`Unit, 0 to ${last}`}
          value={text ?? channel}
          onChange={(event) => setText(event.currentTarget.value)}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === 'Enter') take()
            else if (event.key === 'Escape') setText(null)
            else if (event.key === 'ArrowUp') chooseChannel(Math.min(last, channel + 1))
            else if (event.key === 'ArrowDown') chooseChannel(Math.max(0, channel - 1))
            else return
            event.preventDefault()
          }}
        />
        <span>of {layer.channels}</span>
      </label>
      <IconButton
        icon={ChevronLeft}
        name="Previous unit"
        disabled={channel === 0}
        onClick={() => chooseChannel(channel - 1)}
      />
      <IconButton
        icon={ChevronRight}
        name="Next unit"
        disabled={channel === last}
        onClick={() => chooseChannel(channel + 1)}
      />
      <strong>{classOfChannel(model, layer, channel)}</strong>
    </div>
  )
}
