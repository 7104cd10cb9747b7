// Class by class how many photos are right, the worst first.
import type { Accuracy } from '../../../preload/contract/truth.ts'
import { formatCount } from '../../ui/format.ts'

interface ClassScoresProps {
  readonly classes: Accuracy['classes']
  readonly own: string
  readonly other: string | null
}

export function ClassScores({ classes, own, other }: ClassScoresProps) {
  return (
    <details>
      <summary>Class by class</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Photos</th>
            <th scope="col">{own} right</th>
            {other !== null && <th scope="col">{other} right</th>}
          </tr>
        </thead>
        <tbody>
          {classes.map(({ index, name, photos, ownRight, otherRight }) => (
            <tr key={index}>
              <td>{name}</td>
              <td>{formatCount(photos)}</td>
              <td>{formatCount(ownRight)}</td>
              {other !== null && <td>{formatCount(otherRight)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
