// Kernels: the first layer's filters, the response of one on this photo, and its arithmetic live.
import './kernels-view.css'
import { Loader, Shapes } from 'lucide-react'
import { useState } from 'react'
import type { FirstKernels } from '../../../../preload/contract/inspector.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Trouble } from '../trouble.tsx'
import { useLayerMaps } from '../use-layer-maps.ts'
import type { InspectedProps } from '../view-panel.tsx'
import { KernelTiles } from './kernel-tiles.tsx'
import { KernelWork } from './kernel-work.tsx'

export function KernelsView({ photo, model }: InspectedProps) {
  const { kernels } = model
  if (kernels === null) {
    return (
      <EmptyState icon={Shapes} title="No kernels to show as pictures">
        <p>
          {model.name} does not begin with a convolution over colours. Its layers are shown in
          Activations.
        </p>
      </EmptyState>
    )
  }
  return <FirstLayer photo={photo} model={model} kernels={kernels} />
}

function FirstLayer(props: InspectedProps & { readonly kernels: FirstKernels }) {
  const { photo, model, kernels } = props
  const [kernel, setKernel] = useState(kernels.order[0] ?? 0)
  const { maps, busy, failure, retry } = useLayerMaps('a', kernels.layer)
  return (
    <div className="kernels" aria-busy={busy}>
      <KernelTiles photo={photo} kernels={kernels} chosen={kernel} onChoose={setKernel} />
      {failure !== null ? (
        <Trouble failure={failure} onRetry={retry} />
      ) : maps === null || maps.activations.layer !== kernels.layer ? (
        <EmptyState icon={Loader} title={`Reading ${kernels.layer}…`} />
      ) : (
        <KernelWork photo={photo} model={model} kernels={kernels} kernel={kernel} maps={maps} />
      )}
    </div>
  )
}
