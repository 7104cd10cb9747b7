// Which photo is inspected by which network, what it is, and the way to another one.
import '../../ui/popover.css'
import './inspector-header.css'
import { History, X } from 'lucide-react'
import { useRef } from 'react'
import type { InspectedPhoto } from '../../../preload/contract/inspector.ts'
import type { InspectedSlot } from '../../state/inspector-slice.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { formatDimensions, formatMs, formatShare } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'
import { InspectedTruth } from '../truth/inspected-truth.tsx'
import { ModelPicker } from './model-picker.tsx'
import { RecentStrip } from './recent-strip.tsx'
import { SourcePicture } from './source-picture.tsx'

interface InspectorHeaderProps {
  readonly slot: InspectedSlot
  readonly photo: InspectedPhoto
}

export function InspectorHeader({ slot, photo }: InspectorHeaderProps) {
  const recents = useLatent((state) => state.recentlyInspected)
  const close = useLatent((state) => state.closeInspected)
  const inspect = useLatent((state) => state.inspect)
  const menu = useRef<HTMLDivElement>(null)
  const [best] = photo.labels
  const about = [
    formatDimensions(photo.widthPx, photo.heightPx),
    `decoded in ${formatMs(photo.decodeMs)}, run in ${formatMs(photo.inferMs)}`,
  ]
  return (
    <header className="inspector-header">
      {slot.source && <SourcePicture source={slot.source} />}
      <div>
        <h2>
          <span className="one-line" title={slot.name}>
            {slot.name}
          </span>
          {best && !slot.opening && (
            <span className="best one-line">
              {best.name} <b>{formatShare(best.probability)}</b>
            </span>
          )}
        </h2>
        <p className="one-line" role="status">
          {slot.opening
            ? `Looking inside “${slot.name}”…`
            : about.filter((part) => part !== '').join(' · ')}
        </p>
      </div>
      {slot.source?.kind === 'photo' && <InspectedTruth id={slot.source.id} />}
      <ModelPicker />
      {recents.length > 1 && (
        <Button icon={History} popoverTarget="inspector-recent" aria-haspopup="true">
          Recent
        </Button>
      )}
      <div ref={menu} id="inspector-recent" className="popover inspector-recent" popover="auto">
        <RecentStrip
          onChoose={({ source, name }) => {
            menu.current?.hidePopover()
            void inspect(source, name)
          }}
        />
      </div>
      <IconButton
        icon={X}
        name="Close this photo"
        onClick={() => {
          close('a')
          close('b')
        }}
      />
    </header>
  )
}
