// Where the truth is from: folders that are called like a class, and those that were left out.
import type { TruthSources } from '../../../preload/contract/truth.ts'
import { formatCount, formatCounted } from '../../ui/format.ts'
import { sourcesWords } from './accuracy-words.ts'

const shownFolders = 100

export function TruthSourcesLine({ sources }: { readonly sources: TruthSources }) {
  const { folders, ambiguous } = sources
  const more = folders.length - shownFolders
  return (
    <>
      <p className="sources">{sourcesWords(sources)}</p>
      {folders.length > 0 && (
        <details>
          <summary>Which folders</summary>
          <ul>
            {folders.slice(0, shownFolders).map(({ folder, label, photos }) => (
              <li key={folder}>
                {folder} → {label} <small>{formatCounted(photos, 'photo')}</small>
              </li>
            ))}
            {more > 0 && <li>and {formatCount(more)} more</li>}
          </ul>
        </details>
      )}
      {ambiguous.length > 0 && (
        <details>
          <summary>
            {formatCounted(ambiguous.length, 'folder')} left out: the name stands for several
            classes
          </summary>
          <ul>
            {ambiguous.slice(0, shownFolders).map(({ folder, photos }) => (
              <li key={folder}>
                {folder} <small>{formatCounted(photos, 'photo')}</small>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
