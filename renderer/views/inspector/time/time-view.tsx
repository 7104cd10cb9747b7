// Time: how long each layer takes, slowest first, what it is made of and where it ran.
import './time-view.css'
import { Loader, RotateCcw } from 'lucide-react'
import { useEffect } from 'react'
import type { LayerTime, NetworkProfile } from '../../../../preload/contract/network-profile.ts'
import { profileKey } from '../../../state/profile-slice.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { formatShare } from '../../../ui/format.ts'
import { Segmented } from '../../../ui/segmented.tsx'
import { useLatent } from '../../../use-latent.ts'
import { Trouble } from '../trouble.tsx'
import type { InspectedProps } from '../view-panel.tsx'
import { operatorWords, placeWords, profileLine, stepMs } from './time-words.ts'

const forms: readonly (readonly [NetworkProfile['form'], string])[] = [
  ['engine', 'As it labels photos'],
  ['inspector', 'As it is looked into'],
]

export function TimeView({ model }: InspectedProps) {
  const form = useLatent((state) => state.profileForm)
  const choose = useLatent((state) => state.chooseProfileForm)
  const state = useLatent(({ profiles }) => profiles.get(profileKey(model.id, form)))
  const measure = useLatent((state) => state.measureProfile)
  useEffect(() => {
    if (state === undefined) void measure(model.id, form)
  }, [state, measure, model.id, form])
  const isMeasuring = state === undefined || state === 'measuring'
  const profile = isMeasuring || 'failure' in state ? null : state
  return (
    <div className="time view-scroll" aria-busy={isMeasuring}>
      <div className="view-bar">
        <Segmented
          name="Which form of the network"
          value={form}
          choices={forms}
          onChange={choose}
        />
        <output className="view-title">{profile === null ? '' : profileLine(profile)}</output>
        <div className="end">
          <Button
            icon={RotateCcw}
            disabled={isMeasuring}
            onClick={() => void measure(model.id, form)}
          >
            Measure again
          </Button>
        </div>
      </div>
      {isMeasuring && <EmptyState icon={Loader} title="Running it a few times…" />}
      {!isMeasuring && 'failure' in state && (
        <Trouble failure={state.failure} onRetry={() => void measure(model.id, form)} />
      )}
      {profile !== null && <TimeTable profile={profile} />}
    </div>
  )
}

function TimeTable({ profile }: { readonly profile: NetworkProfile }) {
  const { layers, wholeMs } = profile
  const slowestMs = layers[0]?.ms ?? 1
  return (
    <table className="time-table">
      <caption className="for-readers">Layers by the time they take</caption>
      <thead>
        <tr>
          <th scope="col">Layer</th>
          <th scope="col">
            <span className="for-readers">Bar</span>
          </th>
          <th scope="col">Time</th>
          <th scope="col">Share</th>
          <th scope="col">Made of</th>
          <th scope="col">Ran on</th>
        </tr>
      </thead>
      <tbody>
        {layers.map((layer) => (
          <TimeRow key={layer.layer} layer={layer} slowestMs={slowestMs} wholeMs={wholeMs} />
        ))}
      </tbody>
    </table>
  )
}

interface TimeRowProps {
  readonly layer: LayerTime
  readonly slowestMs: number
  readonly wholeMs: number
}

function TimeRow({ layer, slowestMs, wholeMs }: TimeRowProps) {
  const look = useLatent((state) => state.lookAtLayer)
  const { layer: name, ms } = layer
  return (
    <tr>
      <th scope="row">
        {name === '' ? (
          'Between layers'
        ) : (
          <Button title={`Look at the channels of ${name}`} onClick={() => look(name)}>
            <span className="one-line">{name}</span>
          </Button>
        )}
      </th>
      <td className="bar" aria-hidden="true">
        <span style={{ transform: `scaleX(${ms / slowestMs})` }} />
      </td>
      <td className="number">{stepMs(ms)}</td>
      <td className="number">{formatShare(ms / wholeMs)}</td>
      <td className="made-of">{operatorWords(layer)}</td>
      <td>{placeWords(layer)}</td>
    </tr>
  )
}
