// Settings: theme, labels on photos, and what runs here.
import '../../ui/popover.css'
import './settings-popover.css'
import { Monitor, Moon, Settings2, Sun } from 'lucide-react'
import { Button, IconButton } from '../../ui/button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { formatShare } from '../../ui/format.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { Slider } from '../../ui/slider.tsx'
import { useLatent } from '../../use-latent.ts'
import { ProvidersPanel } from '../providers/providers-panel.tsx'
import { engineLine } from '../shell/engine-words.ts'

const themes = [
  ['system', 'System', Monitor],
  ['dark', 'Dark', Moon],
  ['light', 'Light', Sun],
] as const

export function SettingsPopover() {
  const settings = useLatent((state) => state.settings)
  const changeSettings = useLatent((state) => state.changeSettings)
  const info = useLatent((state) => state.info)
  const engine = useLatent((state) => state.engine)
  return (
    <>
      <IconButton icon={Settings2} name="Settings" popoverTarget="settings" />
      <section id="settings" className="popover settings" popover="auto" aria-label="Settings">
        <fieldset>
          <legend>Theme</legend>
          <Segmented
            name="Theme"
            value={settings.theme}
            choices={themes}
            onChange={(theme) => changeSettings({ theme })}
          />
        </fieldset>
        <fieldset>
          <legend>Labels on photos</legend>
          <Slider
            name="Show labels from"
            value={settings.minProbability}
            min={0}
            max={1}
            step={0.05}
            text={formatShare(settings.minProbability)}
            onChange={(minProbability) => changeSettings({ minProbability })}
          />
          <small>Less certain labels are kept, but not shown on the photos.</small>
        </fieldset>
        <h3>About</h3>
        <Facts
          facts={[
            ['Latent', info?.version ?? ''],
            ['Runtime', info?.runtime ?? ''],
            ['Engine', engine ? engineLine(engine) : ''],
          ]}
        />
        <Button className="flush" popoverTarget="providers">
          Execution providers…
        </Button>
      </section>
      <section
        id="providers"
        className="popover providers-popover"
        popover="auto"
        aria-label="Execution providers"
      >
        <ProvidersPanel />
      </section>
    </>
  )
}
