// The picture a unit dreams of, while it is made and after.
import './dream-panel.css'
import { Dices, Sparkles, Square } from 'lucide-react'
import { useState } from 'react'
import { type Dream, dreamUrl, type LayerInfo } from '../../../../preload/contract/inspector.ts'
import { dreamSteps } from '../../../state/dream-slice.ts'
import { unitKey } from '../../../state/unit-slice.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { formatDuration } from '../../../ui/format.ts'
import { Meter } from '../../../ui/meter.tsx'
import { useLatent } from '../../../use-latent.ts'
import { valueWords } from '../network/layer-words.ts'
import { contextOf, loadImage } from '../picture/draw-crop.ts'
import { SavePicture } from '../picture/save-picture.tsx'
import { Trouble } from '../trouble.tsx'
import { DreamPicture } from './dream-picture.tsx'

interface DreamPanelProps {
  readonly session: string
  readonly layer: LayerInfo
  readonly channel: number
}

export function DreamPanel({ session, layer, channel }: DreamPanelProps) {
  const key = unitKey({ layer: layer.name, channel })
  const dream = useLatent((state) => state.dreams.get(key) ?? null)
  const failure = useLatent((state) => state.dreamFailures.get(key) ?? null)
  const seed = useLatent((state) => state.dreamSeed)
  const chooseSeed = useLatent((state) => state.chooseDreamSeed)
  const start = useLatent((state) => state.startDream)
  const cancel = useLatent((state) => state.cancelDream)
  const [starting, setStarting] = useState(false)
  const running = dream?.state === 'running'
  const begin = async (withSeed: number): Promise<void> => {
    setStarting(true)
    await start({ layer: layer.name, channel }, withSeed)
    setStarting(false)
  }
  return (
    <section className="dream" aria-label="Dream">
      <header>
        <h3>What it dreams of</h3>
        {dream !== null && dream.picture > 0 && (
          <SavePicture
            session={session}
            title={`${layer.name}, dream of unit ${channel}, seed ${dream.seed}`}
            draw={() => drawDream(dream)}
            small
          />
        )}
      </header>
      <DreamPicture dream={dream} name={`Dream of unit ${channel} of ${layer.name}`} />
      {failure !== null && <Trouble failure={failure} onRetry={() => void begin(seed)} />}
      <DreamProgress dream={dream} />
      <div className="dream-controls">
        <label>
          <span>Seed</span>
          <input
            type="text"
            inputMode="numeric"
            aria-label="Seed of the dream"
            value={seed}
            onChange={(event) => chooseSeed(Number(event.currentTarget.value.replace(/\D/g, '')))}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !running) void begin(seed)
            }}
          />
        </label>
        <IconButton
          icon={Dices}
          name="Another seed"
          disabled={starting}
          onClick={() => void begin(seed + 1)}
        />
        {running ? (
          <Button look="plain" icon={Square} onClick={() => void cancel(dream.id)}>
            Stop
          </Button>
        ) : (
          <Button
            look={dream === null ? 'primary' : 'plain'}
            icon={Sparkles}
            disabled={starting}
            onClick={() => void begin(seed)}
          >
            Dream
          </Button>
        )}
      </div>
    </section>
  )
}

function DreamProgress({ dream }: { readonly dream: Dream | null }) {
  if (dream === null) {
    return (
      <p className="unit-note">
        {dreamSteps} steps from noise to the picture that excites this unit most. Takes a minute or
        two, and you can go on meanwhile.
      </p>
    )
  }
  const share = dream.step / Math.max(1, dream.steps)
  const left = dream.step > 0 ? ((dream.ms / dream.step) * (dream.steps - dream.step)) / 1000 : 0
  const words: Readonly<Record<Dream['state'], string>> = {
    running: left > 0 ? `${formatDuration(left)} left` : 'Starting…',
    done: `Done in ${formatDuration(dream.ms / 1000)}`,
    cancelled: 'Stopped',
    failed: dream.reason || 'It could not be made.',
  }
  return (
    <div className="dream-progress" role="status">
      <p>
        <span>
          Step {dream.step} of {dream.steps}
        </span>
        <span>{words[dream.state]}</span>
      </p>
      <Meter share={share} quiet={dream.state !== 'running'} />
      <p>
        <span>Activation</span>
        <span className="value">{valueWords(dream.activation)}</span>
      </p>
    </div>
  )
}

async function drawDream(dream: Dream): Promise<OffscreenCanvas> {
  const image = await loadImage(dreamUrl(dream.id, dream.picture))
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight)
  contextOf(canvas).drawImage(image, 0, 0)
  return canvas
}
