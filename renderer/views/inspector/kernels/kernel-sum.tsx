// Patch times kernel, added up: the whole of a convolution at one position.
import { useMemo } from 'react'
import type { FirstKernels, KernelReading } from '../../../../preload/contract/inspector.ts'
import { colourTable } from '../../../scene/colour-maps.ts'
import { valueImage } from '../../../scene/value-image.ts'
import { valueWords } from '../network/layer-words.ts'
import type { Cell } from '../picture/crop-maths.ts'
import { MapImage } from '../picture/map-image.tsx'
import {
  greatestSize,
  kernelShades,
  kernelWeights,
  patchShades,
  positionSums,
  shadesImage,
} from './kernel-image.ts'

interface KernelSumProps {
  readonly kernels: FirstKernels
  readonly kernel: number
  readonly cell: Cell
  readonly reading: KernelReading | null
}

/** Numbers fit on the squares of small kernels only. */
const mostNumberedPositions = 25

export function KernelSum({ kernels, kernel, cell, reading }: KernelSumProps) {
  const weights = useMemo(() => kernelWeights(kernels, kernel), [kernels, kernel])
  const { widthPx } = kernels
  const kernelImage = useMemo(() => shadesImage(kernelShades(weights), widthPx), [weights, widthPx])
  const work = useMemo(() => {
    if (reading === null) return null
    const sums = positionSums(reading.patch, weights)
    const most = greatestSize(sums) || 1
    return {
      patch: shadesImage(patchShades(reading.patch, kernels), widthPx),
      sums,
      most,
      products: valueImage(sums, widthPx, { low: -most, high: most }, colourTable('polar')),
    }
  }, [reading, weights, widthPx, kernels])
  if (reading === null || work === null) return <div className="kernel-sum" aria-busy="true" />
  return (
    <div className="kernel-sum">
      <figure>
        <MapImage image={work.patch} smooth={false} />
        <figcaption>
          Patch at {cell.x}, {cell.y}
        </figcaption>
      </figure>
      <span aria-hidden="true">×</span>
      <figure>
        <MapImage image={kernelImage} smooth={false} />
        <figcaption>Kernel</figcaption>
      </figure>
      <span aria-hidden="true">=</span>
      <figure>
        <div className="products">
          <MapImage image={work.products} smooth={false} />
          {work.sums.length <= mostNumberedPositions && (
            <ol style={{ gridTemplateColumns: `repeat(${widthPx}, 1fr)` }} aria-hidden="true">
              {Array.from(work.sums, (sum, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: positions of the kernel do not move
                <li key={at} className={Math.abs(sum) > 0.55 * work.most ? 'on-light' : ''}>
                  {sum.toFixed(2).replace('-', '−')}
                </li>
              ))}
            </ol>
          )}
        </div>
        <figcaption>Products</figcaption>
      </figure>
      <dl className="selectable">
        <div>
          <dt>Sum of products</dt>
          <dd>{valueWords(reading.sumOfProducts)}</dd>
        </div>
        <div>
          <dt>+ bias</dt>
          <dd>{valueWords(reading.bias)}</dd>
        </div>
        <div>
          <dt>= response</dt>
          <dd>{valueWords(reading.response)}</dd>
        </div>
        <div className="result">
          <dt>After activation</dt>
          <dd data-testid="kernel-activation">{valueWords(reading.activation)}</dd>
        </div>
      </dl>
    </div>
  )
}
