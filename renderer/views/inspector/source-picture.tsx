// A small picture of something inspected.
import './source-picture.css'
import type { InspectorSource } from '../../../preload/contract/inspector.ts'
import { inspectionUrl, thumbUrl } from '../../ui/image-urls.ts'
import { useLatent } from '../../use-latent.ts'

export function SourcePicture({ source }: { readonly source: InspectorSource }) {
  const libraryId = useLatent((state) => state.library?.id ?? '')
  const url =
    source.kind === 'inspection'
      ? inspectionUrl(source.id)
      : thumbUrl(libraryId, { id: source.id, status: 'ok' })
  return <img className="source-picture" src={url} alt="" draggable={false} />
}
