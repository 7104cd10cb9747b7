// How often models are right about photos whose truth is known, and what they get wrong.
import './accuracy-section.css'
import type { ModelAccuracy } from '../../../preload/contract/truth.ts'
import { formatCounted } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'
import { differenceWords } from './accuracy-words.ts'
import { ClassScores } from './class-scores.tsx'
import { MistakeList } from './mistake-list.tsx'
import { ScoreTable } from './score-table.tsx'
import { TruthSourcesLine } from './truth-sources-line.tsx'
import { WrongPhotoStrip } from './wrong-photo-strip.tsx'

interface AccuracySectionProps {
  readonly own: string
  /** Null for the model in use alone. */
  readonly other: string | null
}

export function AccuracySection({ own, other }: AccuracySectionProps) {
  const accuracy = useLatent((state) => state.accuracy)
  return (
    <section className="accuracy" aria-label="How often right" aria-busy={accuracy === null}>
      <h2>How often right</h2>
      {accuracy === null ? (
        <p role="status">Counting…</p>
      ) : accuracy.photos === 0 ? (
        <NoTruth accuracy={accuracy} />
      ) : (
        <Judged accuracy={accuracy} own={own} other={other} />
      )}
    </section>
  )
}

function NoTruth({ accuracy }: { readonly accuracy: ModelAccuracy }) {
  return (
    <>
      <p>
        Latent does not know yet what these photos really show. Select some in the Library and press
        Ctrl+T to say so, or keep them in folders that are called like classes (“tabby”).
      </p>
      <TruthSourcesLine sources={accuracy.sources} />
    </>
  )
}

interface JudgedProps extends AccuracySectionProps {
  readonly accuracy: ModelAccuracy
}

function Judged({ accuracy, own, other }: JudgedProps) {
  const { photos, isEnough, difference, wrong, classes } = accuracy
  const names = { own, other: other ?? '' }
  return (
    <>
      {!isEnough && (
        <p className="caution" role="note">
          Only {formatCounted(photos, 'photo')} with a known truth: too few to judge by. The bounds
          show how little it says.
        </p>
      )}
      <ScoreTable accuracy={accuracy} own={own} other={other} />
      {difference && <p>{differenceWords(difference, names)}</p>}
      <TruthSourcesLine sources={accuracy.sources} />
      <WrongPhotoStrip
        title={other === null ? 'Wrong' : `Only ${own} is wrong`}
        found={wrong.own}
      />
      <WrongPhotoStrip title={`Only ${other} is wrong`} found={wrong.other} />
      <WrongPhotoStrip title="Both are wrong" found={wrong.both} />
      <div className="mistakes">
        <MistakeList name={own} mistakes={accuracy.own.mistakes} />
        {other !== null && accuracy.other && (
          <MistakeList name={other} mistakes={accuracy.other.mistakes} />
        )}
      </div>
      <ClassScores classes={classes} own={own} other={other} />
    </>
  )
}
