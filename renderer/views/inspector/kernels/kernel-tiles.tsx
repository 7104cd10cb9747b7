// All kernels of the first layer as tiles; one is chosen, the arrow keys walk.
import { type KeyboardEvent, useMemo, useRef } from 'react'
import type { FirstKernels, InspectedPhoto } from '../../../../preload/contract/inspector.ts'
import { formatCounted } from '../../../ui/format.ts'
import { MapImage } from '../picture/map-image.tsx'
import { SavePicture } from '../picture/save-picture.tsx'
import { drawKernels } from './draw-kernels.ts'
import { kernelShades, kernelWeights, shadesImage } from './kernel-image.ts'

interface KernelTilesProps {
  readonly photo: InspectedPhoto
  readonly kernels: FirstKernels
  readonly chosen: number
  readonly onChoose: (kernel: number) => void
}

export function KernelTiles({ photo, kernels, chosen, onChoose }: KernelTilesProps) {
  const grid = useRef<HTMLDivElement>(null)
  const tiles = useMemo(
    () =>
      Array.from(kernels.order, (kernel) => ({
        kernel,
        image: shadesImage(kernelShades(kernelWeights(kernels, kernel)), kernels.widthPx),
      })),
    [kernels],
  )
  const onKeyDown = (event: KeyboardEvent): void => {
    const element = grid.current
    if (element === null) return
    const columns = getComputedStyle(element).gridTemplateColumns.split(' ').length
    const at = kernels.order.indexOf(chosen)
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
      Home: -at,
      End: tiles.length - 1 - at,
    }
    const step = steps[event.key]
    const next = step === undefined ? undefined : tiles[at + step]
    if (next === undefined) return
    event.preventDefault()
    onChoose(next.kernel)
    element.querySelector<HTMLElement>(`[data-kernel="${next.kernel}"]`)?.focus()
  }
  return (
    <section className="kernel-tiles" aria-label="Kernels">
      <header>
        <h3>{formatCounted(kernels.count, 'kernel')}</h3>
        <SavePicture
          session={photo.session}
          title={`${kernels.layer}, kernels`}
          draw={() => drawKernels(kernels)}
          small
        />
      </header>
      <p>
        {kernels.layer}: {kernels.widthPx} × {kernels.heightPx} pixels in three colours, every{' '}
        {kernels.stridePx === 1 ? 'pixel' : `${kernels.stridePx} pixels`}
      </p>
      <div ref={grid} role="radiogroup" aria-label="Kernel" onKeyDown={onKeyDown}>
        {tiles.map(({ kernel, image }) => (
          // biome-ignore lint/a11y/useSemanticElements: a radio input cannot hold a picture
          <button
            key={kernel}
            type="button"
            role="radio"
            aria-checked={kernel === chosen}
            aria-label={`Kernel ${kernel}`}
            title={`Kernel ${kernel}`}
            data-kernel={kernel}
            tabIndex={kernel === chosen ? 0 : -1}
            onClick={() => onChoose(kernel)}
          >
            <MapImage image={image} smooth={false} />
          </button>
        ))}
      </div>
    </section>
  )
}
