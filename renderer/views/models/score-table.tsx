// Top-1 and top-5 of one model or two, with the bounds of what they show.
import type { CSSProperties } from 'react'
import type { ModelAccuracy, Share } from '../../../preload/contract/truth.ts'
import { formatCounted } from '../../ui/format.ts'
import { boundsText, shareText } from './accuracy-words.ts'

interface ScoreTableProps {
  readonly accuracy: ModelAccuracy
  readonly own: string
  readonly other: string | null
}

export function ScoreTable({ accuracy, own, other }: ScoreTableProps) {
  const scores = [
    { name: own, score: accuracy.own },
    ...(other !== null && accuracy.other ? [{ name: other, score: accuracy.other }] : []),
  ]
  return (
    <table className="score-table">
      <caption>On {formatCounted(accuracy.photos, 'photo')} whose truth is known</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">Best label right</th>
          <th scope="col">Among the best five</th>
        </tr>
      </thead>
      <tbody>
        {scores.map(({ name, score }) => (
          <tr key={score.modelId}>
            <th scope="row" className="one-line" title={name}>
              {name}
            </th>
            <ShareCell share={score.top1} />
            <ShareCell share={score.top5} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ShareCell({ share }: { readonly share: Share }) {
  // The custom properties are read by the stylesheet.
  const style = {
    '--low': share.low,
    '--high': share.high,
    '--share': share.of === 0 ? 0 : share.right / share.of,
  } as CSSProperties
  return (
    <td title="The bar is where the true share lies with 95 % (Wilson’s interval)">
      <b>{shareText(share)}</b> <small>{boundsText(share)}</small>
      <span className="bounds" style={style} aria-hidden="true" />
    </td>
  )
}
