// What came of verifying a model.
import { formatMs } from '../../ui/format.ts'
import { Meter } from '../../ui/meter.tsx'
import { useLatent } from '../../use-latent.ts'

export function ModelCheckLine({ id }: { readonly id: string }) {
  const check = useLatent((state) => state.modelChecks.get(id))
  if (check === undefined) return null
  if (check === 'running') {
    return (
      <p className="state" role="status">
        Comparing its files and running it…
        <Meter share={null} />
      </p>
    )
  }
  if (!check.ok) {
    return (
      <p className="state failed selectable" role="alert">
        {check.reason}
      </p>
    )
  }
  return (
    <p className="state" role="status">
      Its files are the ones that were installed, and it runs: {formatMs(check.msPerPhoto)} for one
      photo.
    </p>
  )
}
