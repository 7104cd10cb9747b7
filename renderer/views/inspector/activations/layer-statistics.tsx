// A layer's numbers on this photo, and the way to take them along.
import type { InspectedPhoto, LayerActivations } from '../../../../preload/contract/inspector.ts'
import type { SheetContent } from '../../../scene/map-sheet.ts'
import { formatShare } from '../../../ui/format.ts'
import { shapeWords, valueWords } from '../network/layer-words.ts'
import { drawSheet } from '../picture/draw-sheet.ts'
import { ExportTensor, SavePicture } from '../picture/save-picture.tsx'

interface LayerStatisticsProps {
  readonly photo: InspectedPhoto
  readonly activations: LayerActivations
  readonly content: SheetContent
}

export function LayerStatistics({ photo, activations, content }: LayerStatisticsProps) {
  const { layer } = activations
  const facts = [
    ['Shape', shapeWords(activations)],
    ['Least', valueWords(activations.min)],
    ['Most', valueWords(activations.max)],
    ['Mean', valueWords(activations.mean)],
    ['Zero', formatShare(activations.sparsity)],
  ] as const
  return (
    <footer className="layer-statistics">
      <dl className="selectable" aria-label={`Statistics of ${layer}`}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <span className="acts">
        <SavePicture
          session={photo.session}
          title={`${layer}, all channels`}
          draw={() => drawSheet(content)}
          small
        />
        <ExportTensor session={photo.session} layer={layer} small />
      </span>
    </footer>
  )
}
