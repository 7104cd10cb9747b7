// One problem file: what it is, what went wrong, what to do.
import { FileX, FolderSearch, RotateCw } from 'lucide-react'
import type { Problem } from '../../../preload/contract/domain.ts'
import { IconButton } from '../../ui/button.tsx'
import { thumbUrl } from '../../ui/image-urls.ts'
import { statusWords } from '../../ui/status-words.ts'
import { useLatent } from '../../use-latent.ts'

export function ProblemRow({ problem }: { readonly problem: Problem }) {
  const libraryId = useLatent((state) => state.library?.id ?? '')
  const reveal = useLatent((state) => state.reveal)
  const retry = useLatent((state) => state.retry)
  return (
    <div className="problem">
      <span className="picture">
        {problem.hasThumbnail ? (
          <img src={thumbUrl(libraryId, problem)} alt="" draggable={false} />
        ) : (
          <FileX size={18} strokeWidth={1.4} aria-hidden="true" />
        )}
      </span>
      <div>
        <p className="file">
          <span className="one-line" title={problem.name}>
            {problem.name}
          </span>
          <small className="one-line" title={problem.folder}>
            {problem.folder}
          </small>
        </p>
        <p className="reason one-line selectable" title={problem.reason}>
          {problem.reason}
        </p>
      </div>
      <span className="status">{statusWords[problem.status]}</span>
      <span>
        <IconButton
          icon={FolderSearch}
          name="Reveal in file manager"
          onClick={() => void reveal([problem.id])}
        />
        <IconButton icon={RotateCw} name="Try again" onClick={() => void retry([problem.id])} />
      </span>
    </div>
  )
}
