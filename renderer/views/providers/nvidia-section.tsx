// What is there of NVIDIA's software on Linux, and what a person would have to install.
import { useState } from 'react'
import type { NvidiaDiagnosis } from '../../../preload/contract/providers.ts'
import { Button } from '../../ui/button.tsx'
import { useLatent } from '../../use-latent.ts'
import { CudaDownload } from './cuda-download.tsx'

export function NvidiaSection() {
  const platform = useLatent((state) => state.info?.platform)
  const askNvidia = useLatent((state) => state.askNvidia)
  const cuda = useLatent((state) => state.cuda)
  const [answer, setAnswer] = useState<NvidiaDiagnosis | null>(null)
  if (platform !== 'linux') return null
  return (
    <details onToggle={(event) => event.currentTarget.open && void askNvidia().then(setAnswer)}>
      <summary>Use an NVIDIA card</summary>
      {answer && (
        <>
          <p>
            {answer.device
              ? `${answer.device.name}, driver ${answer.device.driver || 'unknown'}.`
              : ''}{' '}
            {answer.steps.length === 0
              ? 'All that CUDA needs is there.'
              : 'CUDA cannot be used before this is done:'}
          </p>
          <ol className="selectable">
            {answer.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          {cuda && <CudaDownload cuda={cuda} />}
          <Button onClick={() => void askNvidia().then(setAnswer)}>Look again</Button>
        </>
      )}
    </details>
  )
}
