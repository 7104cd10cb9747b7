// The Cloud without points: what is missing, and what brings it.
import { CircleAlert, FolderOpen, Loader, Orbit } from 'lucide-react'
import { isLive } from '../../state/jobs-slice.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatShare } from '../../ui/format.ts'
import { Meter } from '../../ui/meter.tsx'
import { useLatent } from '../../use-latent.ts'
import { stageWords } from './cloud-words.ts'

export function CloudEmpty() {
  const library = useLatent((state) => state.library)
  const status = useLatent((state) => state.cloudStatus)
  const failure = useLatent((state) => state.cloudFailure)
  const indexing = useLatent((state) => state.jobs.some(isLive))
  const pickFolder = useLatent((state) => state.pickFolder)
  const openCloud = useLatent((state) => state.openCloud)
  const layOut = useLatent((state) => state.layOutCloud)
  const rescan = useLatent((state) => state.rescan)

  if (library === null) {
    return (
      <EmptyState icon={Orbit} title="See all your photos at once">
        <p>Open a folder: photos that look alike to the network drift together here.</p>
        <Button look="primary" large icon={FolderOpen} onClick={() => void pickFolder()}>
          Open folder
        </Button>
      </EmptyState>
    )
  }
  if (failure !== null) {
    return (
      <EmptyState icon={CircleAlert} title={failure.message}>
        <p>{failure.hint}</p>
        <Button look="plain" onClick={() => void openCloud()}>
          Try again
        </Button>
      </EmptyState>
    )
  }
  if (status?.state === 'failed') {
    return (
      <EmptyState icon={CircleAlert} title="The photos could not be laid out">
        <p>{status.reason}</p>
        <Button look="plain" onClick={() => void layOut({})}>
          Try again
        </Button>
      </EmptyState>
    )
  }
  if (status === null || status.state === 'working' || status.pointCount > 0) {
    const stage = status?.stage ?? null
    return (
      <EmptyState icon={Loader} title="Opening the Cloud…">
        {stage !== null && (
          <>
            <p>{`${stageWords[stage]}, ${formatShare(status?.fraction ?? 0)}`}</p>
            <span style={{ display: 'block', width: 180 }}>
              <Meter share={status?.fraction ?? null} />
            </span>
          </>
        )}
      </EmptyState>
    )
  }
  if (indexing || library.photoCount > library.doneCount) {
    return (
      <EmptyState icon={Loader} title="Waiting for the first photos">
        <p>
          They appear here as soon as the network has seen them, and the Cloud grows from there.
        </p>
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={Orbit} title="No photo of this folder could be analysed">
      <p>The Cloud shows photos that the network has seen. Activity tells what went wrong.</p>
      <Button look="plain" onClick={() => void rescan()}>
        Look for changes
      </Button>
    </EmptyState>
  )
}
