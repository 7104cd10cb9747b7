// The files that could not be analysed: filter by what went wrong, look at them, try again.
import './problem-section.css'
import { CircleCheck, FolderOpen, Loader, RotateCw } from 'lucide-react'
import { useMemo } from 'react'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatCount } from '../../ui/format.ts'
import { statusWords } from '../../ui/status-words.ts'
import { VirtualList } from '../../ui/virtual-list.tsx'
import { useLatent } from '../../use-latent.ts'
import { countByStatus } from './count-by-status.ts'
import { ProblemRow } from './problem-row.tsx'

export function ProblemSection() {
  const hasLibrary = useLatent((state) => state.library !== null)
  const problems = useLatent((state) => state.problems)
  const wanted = useLatent((state) => state.problemStatus)
  const showProblemStatus = useLatent((state) => state.showProblemStatus)
  const retry = useLatent((state) => state.retry)
  const counts = useMemo(() => countByStatus(problems ?? []), [problems])
  const status = counts.some(([counted]) => counted === wanted) ? wanted : null
  const shown = useMemo(
    () => (problems ?? []).filter((problem) => status === null || problem.status === status),
    [problems, status],
  )

  return (
    <>
      <header>
        <h2 id="problems-title">Problems</h2>
        {shown.length > 0 && (
          <Button
            look="plain"
            icon={RotateCw}
            onClick={() => void retry(shown.map((problem) => problem.id))}
          >
            Try all again
          </Button>
        )}
      </header>
      {!hasLibrary && (
        <EmptyState icon={FolderOpen} title="No folder is open">
          <p>Files that cannot be read are listed here once a folder is open.</p>
        </EmptyState>
      )}
      {hasLibrary && problems === null && <EmptyState icon={Loader} title="Reading…" />}
      {hasLibrary && problems?.length === 0 && (
        <EmptyState icon={CircleCheck} title="No problems">
          <p>Every file looked at so far could be read.</p>
        </EmptyState>
      )}
      {shown.length > 0 && (
        <>
          {counts.length > 1 && (
            <fieldset className="problem-filter" aria-label="Show problems of one kind">
              <Button aria-pressed={status === null} onClick={() => showProblemStatus(null)}>
                All <b>{formatCount(problems?.length ?? 0)}</b>
              </Button>
              {counts.map(([counted, count]) => (
                <Button
                  key={counted}
                  aria-pressed={status === counted}
                  onClick={() => showProblemStatus(counted)}
                >
                  {statusWords[counted]} <b>{formatCount(count)}</b>
                </Button>
              ))}
            </fieldset>
          )}
          <VirtualList name="Problems" items={shown} rowHeightPx={64} keyOf={({ id }) => id}>
            {(problem) => <ProblemRow problem={problem} />}
          </VirtualList>
        </>
      )}
    </>
  )
}
