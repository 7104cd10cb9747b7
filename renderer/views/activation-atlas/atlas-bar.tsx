// Chooses the layer of the atlas and what its cells show, and makes it.
import { RefreshCw, Sparkles, Square } from 'lucide-react'
import { useState } from 'react'
import { layersWithPlaces } from '../../state/atlas-layers.ts'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { useLatent } from '../../use-latent.ts'
import { shapeWords } from '../inspector/network/layer-words.ts'
import { firstPhotoCount, photoChoices } from './photo-choices.ts'

const pictures = [
  ['patches', 'Patches'],
  ['dreams', 'Dreams'],
] as const

export function AtlasBar() {
  const model = useLatent((state) => state.atlasModel)
  const status = useLatent((state) => state.atlasStatus)
  const atlas = useLatent((state) => state.atlas)
  const shows = useLatent((state) => state.atlasPictures)
  const showAs = useLatent((state) => state.showAtlasAs)
  const open = useLatent((state) => state.openAtlas)
  const make = useLatent((state) => state.makeAtlas)
  const stop = useLatent((state) => state.stopAtlas)
  const [wanted, setWanted] = useState(firstPhotoCount)
  if (model === null || status === null) return null
  const choices = photoChoices(status.photoCount)
  const count = Math.min(wanted, status.photoCount)
  const working = status.state === 'working'
  const stands = atlas !== null && atlas.photos === count && !status.isStale
  return (
    <section className="atlas-bar cloud-plate" aria-label="Atlas">
      <Select
        name="Layer"
        value={status.layer}
        choices={layersWithPlaces(model).map((layer) => [
          layer.name,
          `${layer.name} (${shapeWords(layer)})`,
        ])}
        onChange={(layer) => void open(layer)}
      />
      {choices.length > 1 && (
        <Select
          name="Photos"
          value={String(count)}
          choices={choices.map(([photos, words]) => [String(photos), words])}
          onChange={(photos) => setWanted(Number(photos))}
        />
      )}
      {atlas !== null && (
        <Segmented name="What cells show" value={shows} choices={pictures} onChange={showAs} />
      )}
      {working ? (
        <Button look="plain" icon={Square} onClick={() => void stop()}>
          Stop
        </Button>
      ) : (
        !stands &&
        status.photoCount > 0 && (
          <Button
            look={atlas === null ? 'primary' : 'plain'}
            icon={atlas === null ? Sparkles : RefreshCw}
            onClick={() => void make(count)}
          >
            {atlas === null ? 'Make the atlas' : 'Make it anew'}
          </Button>
        )
      )}
    </section>
  )
}
