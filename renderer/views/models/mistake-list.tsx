// What a model takes for what, commonest first.
import type { Mistake } from '../../../preload/contract/truth.ts'
import { formatCount } from '../../ui/format.ts'

interface MistakeListProps {
  readonly name: string
  readonly mistakes: readonly Mistake[]
}

export function MistakeList({ name, mistakes }: MistakeListProps) {
  if (mistakes.length === 0) return null
  return (
    <table>
      <caption>What {name} takes for what</caption>
      <thead>
        <tr>
          <th scope="col">It is</th>
          <th scope="col">It says</th>
          <th scope="col">Photos</th>
        </tr>
      </thead>
      <tbody>
        {mistakes.map(({ truth, taken, count }) => (
          <tr key={`${truth}/${taken}`}>
            <td>{truth}</td>
            <td>{taken}</td>
            <td>{formatCount(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
