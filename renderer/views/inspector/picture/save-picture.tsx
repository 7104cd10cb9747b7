// Saves a picture at full resolution, and a layer's numbers.
import { Download, FileDown } from 'lucide-react'
import { useState } from 'react'
import { Button, IconButton } from '../../../ui/button.tsx'
import { useLatent } from '../../../use-latent.ts'

interface SavePictureProps {
  readonly session: string
  /** What the picture shows, for the file's name and record. */
  readonly title: string
  readonly draw: () => OffscreenCanvas | Promise<OffscreenCanvas>
  /** An icon alone, where there is little room. */
  readonly small?: boolean
}

export function SavePicture({ session, title, draw, small = false }: SavePictureProps) {
  const exportInspected = useLatent((state) => state.exportInspected)
  const tellFailure = useLatent((state) => state.tellFailure)
  const [busy, setBusy] = useState(false)
  const save = async (): Promise<void> => {
    setBusy(true)
    try {
      const blob = await (await draw()).convertToBlob({ type: 'image/png' })
      const png = new Uint8Array(await blob.arrayBuffer())
      await exportInspected({ kind: 'picture', session, title: title.slice(0, 200), png })
    } catch {
      const hint = 'Make the window smaller or close other programs, and try again.'
      tellFailure({ code: 'internal', message: 'The picture could not be drawn.', hint })
    } finally {
      setBusy(false)
    }
  }
  return small ? (
    <IconButton icon={Download} name="Save picture" disabled={busy} onClick={() => void save()} />
  ) : (
    <Button icon={Download} disabled={busy} onClick={() => void save()}>
      Save picture
    </Button>
  )
}

interface ExportTensorProps {
  readonly session: string
  readonly layer: string
  /** The whole layer when absent. */
  readonly channel?: number
  readonly small?: boolean
}

export function ExportTensor({ session, layer, channel, small = false }: ExportTensorProps) {
  const exportInspected = useLatent((state) => state.exportInspected)
  const save = (): void =>
    void exportInspected({
      kind: 'tensor',
      session,
      layer,
      ...(channel !== undefined && { channel }),
    })
  const what = channel === undefined ? 'all channels' : 'this channel'
  const hint = `Export tensor: the numbers of ${what} as .npy`
  return small ? (
    <IconButton icon={FileDown} name="Export tensor" hint={hint} onClick={save} />
  ) : (
    <Button icon={FileDown} title={hint} onClick={save}>
      Export tensor
    </Button>
  )
}
