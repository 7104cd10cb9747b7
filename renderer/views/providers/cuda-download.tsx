// ONNX Runtime's CUDA libraries: how large, from whom, their download, and their removal.
import { Download, Pause, Play, Search, Trash2, X } from 'lucide-react'
import type { CudaStatus } from '../../../preload/contract/providers.ts'
import { Button } from '../../ui/button.tsx'
import { formatBytes } from '../../ui/format.ts'
import { Meter } from '../../ui/meter.tsx'
import { useLatent } from '../../use-latent.ts'
import { cudaLine } from './provider-words.ts'

export function CudaDownload({ cuda }: { readonly cuda: CudaStatus }) {
  const { state, doneBytes, bytes } = cuda
  return (
    <div className="cuda-download">
      <p
        className={state === 'failed' ? 'failed selectable' : 'selectable'}
        role={state === 'failed' ? 'alert' : 'status'}
      >
        {cudaLine(cuda)}
      </p>
      {state === 'running' && <Meter share={doneBytes / Math.max(bytes, 1)} />}
      {(state === 'asking' || state === 'unpacking') && <Meter share={null} />}
      <CudaButtons cuda={cuda} />
    </div>
  )
}

function CudaButtons({ cuda: { state, host, bytes, doneBytes } }: { readonly cuda: CudaStatus }) {
  const cudaDo = useLatent((state) => state.cudaDo)
  const isIdle = state === 'none' || state === 'failed'
  return (
    <div className="row start">
      {isIdle && doneBytes === 0 && (
        <Button icon={Search} onClick={() => void cudaDo('ask')}>
          {state === 'none' ? `Ask ${host} for the size` : 'Try again'}
        </Button>
      )}
      {state === 'offered' && (
        <Button look="plain" icon={Download} onClick={() => void cudaDo('download')}>
          Download {formatBytes(bytes)}
        </Button>
      )}
      {(state === 'paused' || (isIdle && doneBytes > 0)) && (
        <Button look="plain" icon={Play} onClick={() => void cudaDo('download')}>
          Go on
        </Button>
      )}
      {(state === 'running' || state === 'asking') && (
        <Button icon={Pause} onClick={() => void cudaDo('pause')}>
          {state === 'running' ? 'Pause' : 'Stop'}
        </Button>
      )}
      {doneBytes > 0 && state !== 'unpacking' && (
        <Button icon={X} onClick={() => void cudaDo('remove')}>
          Cancel
        </Button>
      )}
      {state === 'installed' && (
        <Button icon={Trash2} onClick={() => void cudaDo('remove')}>
          Remove the libraries
        </Button>
      )}
    </div>
  )
}
