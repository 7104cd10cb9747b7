// The Inspector without a photo: invites to bring one, or waits for the one that is coming.
import './inspector-empty.css'
import { ImageDown, Images } from 'lucide-react'
import type { InspectedSlot } from '../../state/inspector-slice.ts'
import { Button } from '../../ui/button.tsx'
import { useLatent } from '../../use-latent.ts'
import { ModelPicker } from './model-picker.tsx'
import { RecentStrip } from './recent-strip.tsx'
import { Trouble } from './trouble.tsx'

export function InspectorEmpty({ slot }: { readonly slot: InspectedSlot }) {
  const inspectAgain = useLatent((state) => state.inspectAgain)
  const inspect = useLatent((state) => state.inspect)
  const showWorkspace = useLatent((state) => state.showWorkspace)
  const hasLibrary = useLatent((state) => state.library !== null)
  const pickFolder = useLatent((state) => state.pickFolder)
  const hasRecents = useLatent((state) => state.recentlyInspected.length > 0)
  return (
    <div className="inspector-empty">
      <div>
        <PyramidMark busy={slot.opening} />
        {slot.failure !== null ? (
          <Trouble failure={slot.failure} onRetry={() => void inspectAgain('a')} />
        ) : slot.opening ? (
          <h2 role="status">Looking inside “{slot.name}”…</h2>
        ) : (
          <>
            <h2>Look inside the network with your own photo</h2>
            <p>
              See what every layer computed, why the photo got its label and what each unit looks
              for.
            </p>
          </>
        )}
        {!slot.opening && (
          <div className="actions">
            {hasLibrary ? (
              <Button look="primary" large icon={Images} onClick={() => showWorkspace('library')}>
                Pick a photo in the library
              </Button>
            ) : (
              <Button look="primary" large icon={Images} onClick={() => void pickFolder()}>
                Open folder
              </Button>
            )}
            <span>
              <ImageDown size={16} aria-hidden="true" /> or drop a photo here
            </span>
          </div>
        )}
        {!slot.opening && <ModelPicker />}
        {hasLibrary && !slot.opening && (
          <small>Open a photo there and choose Inspect, or press I.</small>
        )}
      </div>
      {hasRecents && (
        <section aria-labelledby="recently-title">
          <h3 id="recently-title">Recently inspected</h3>
          <RecentStrip onChoose={({ source, name }) => void inspect(source, name)} />
        </section>
      )}
    </div>
  )
}

/** A photo narrowing, layer by layer, to an answer. */
function PyramidMark({ busy }: { readonly busy: boolean }) {
  const layers = [52, 44, 34, 24, 14, 6]
  return (
    <svg
      className={`pyramid ${busy ? 'busy' : ''}`}
      width="120"
      height="64"
      viewBox="0 0 120 64"
      aria-hidden="true"
    >
      {layers.map((side, at) => (
        <rect
          key={side}
          x={8 + at * 20 - at * at * 0.4}
          y={32 - side / 2}
          width={4 + at * 1.6}
          height={side}
          rx="2"
          style={{ animationDelay: `${at * 110}ms` }}
        />
      ))}
    </svg>
  )
}
