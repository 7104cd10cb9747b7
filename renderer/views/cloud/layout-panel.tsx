// How photos are laid out, how true the layout is, and laying out again by other settings.
import './layout-panel.css'
import { RefreshCw, Square } from 'lucide-react'
import { useState } from 'react'
import { type CloudSettings, firstCloudSettings } from '../../../preload/contract/cloud.ts'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Slider } from '../../ui/slider.tsx'
import { useLatent } from '../../use-latent.ts'
import { LayoutQuality } from './layout-quality.tsx'

const metrics = [
  ['centred', 'From the mean'],
  ['cosine', 'Plain cosine'],
] as const

const dimensions = [
  ['3', '3-D'],
  ['2', '2-D'],
] as const

export function LayoutPanel() {
  const status = useLatent((state) => state.cloudStatus)
  const layOut = useLatent((state) => state.layOutCloud)
  const stop = useLatent((state) => state.stopCloud)
  const [draft, setDraft] = useState<Partial<CloudSettings>>({})
  const settings = { ...(status?.settings ?? firstCloudSettings), ...draft }
  const change = (part: Partial<CloudSettings>): void => setDraft({ ...draft, ...part })
  const working = status?.state === 'working'
  return (
    <div className="layout-panel">
      <fieldset>
        <legend>Dimensions</legend>
        <Segmented
          name="Dimensions of the layout"
          value={settings.dims === 3 ? '3' : '2'}
          choices={dimensions}
          onChange={(dims) => change({ dims: dims === '3' ? 3 : 2 })}
        />
      </fieldset>
      <fieldset>
        <legend>Neighbours</legend>
        <Slider
          name="Neighbours"
          value={settings.neighbours}
          min={2}
          max={100}
          step={1}
          text={String(settings.neighbours)}
          onChange={(neighbours) => change({ neighbours })}
        />
        <small>Few show small groups, many show how the groups lie to each other.</small>
      </fieldset>
      <fieldset>
        <legend>Least distance</legend>
        <Slider
          name="Least distance"
          value={settings.minDist}
          min={0}
          max={1}
          step={0.05}
          text={settings.minDist.toFixed(2)}
          onChange={(minDist) => change({ minDist })}
        />
        <small>Small packs like photos tightly, large spreads them out.</small>
      </fieldset>
      <fieldset>
        <legend>Likeness</legend>
        <Segmented
          name="Likeness"
          value={settings.metric}
          choices={metrics}
          onChange={(metric) => change({ metric })}
        />
        <small>From the mean tells photos apart that the plain angle would call all alike.</small>
      </fieldset>
      <fieldset>
        <legend>Seed</legend>
        <input
          type="number"
          aria-label="Seed"
          min={0}
          max={0xffff_ffff}
          value={settings.seed}
          onChange={(event) => {
            const seed = event.currentTarget.valueAsNumber
            if (Number.isInteger(seed) && seed >= 0 && seed <= 0xffff_ffff) change({ seed })
          }}
        />
        <small>The same seed gives the same layout again.</small>
      </fieldset>
      {working ? (
        <Button look="plain" icon={Square} onClick={() => void stop()}>
          Stop
        </Button>
      ) : (
        <Button
          look="primary"
          icon={RefreshCw}
          onClick={() => {
            setDraft({})
            void layOut(draft)
          }}
        >
          Lay out again
        </Button>
      )}
      <LayoutQuality />
    </div>
  )
}
