// Reads files of class names as they come with networks: a line a class, in the order of the scores.
import { type ClassName, imagenet1k } from './labels.ts'

/** How a file's lines lie on a network's scores. */
export interface FittedLabels {
  /** One for each class that is kept. */
  readonly classes: readonly ClassName[]
  /** Scores without meaning before and behind them (a background class). */
  readonly droppedFirst: number
  readonly droppedLast: number
}

/** Of a class that stands for no thing. */
const nothing = /^(background|dummy|\?{3}|unused|__background__)$/i

/** `n01440764 tench, Tinca tinca`, `0: tench`, `12 tench` or a name alone. */
const line = /^(?:(n\d{8})(?:[\s,]+|$)|\d+\s*[:,\t]\s*|\d+\s+(?=\D))?(.*)$/

/** @returns a name for each line with text; blank lines at the end do not count */
export function parseLabels(text: string): readonly ClassName[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  while (lines.at(-1)?.trim() === '') lines.pop()
  return lines.map((content, index) => {
    const [, wnid = '', name = ''] = line.exec(content.trim()) ?? []
    return [wnid, name.trim() || wnid || `Class ${index}`]
  })
}

/**
 * @param scoreCount how many scores the network gives
 * @throws RangeError when there are more or fewer names than scores
 */
export function fitLabels(names: readonly ClassName[], scoreCount: number): FittedLabels {
  const isNothing = (at: number): boolean => nothing.test(names.at(at)?.[1] ?? '')
  if (names.length === scoreCount) {
    const droppedFirst = isNothing(0) ? 1 : 0
    const droppedLast = droppedFirst === 0 && scoreCount > 1 && isNothing(-1) ? 1 : 0
    const classes = names.slice(droppedFirst, names.length - droppedLast)
    return { classes, droppedFirst, droppedLast }
  }
  // Some files leave the background out, others name one that the network has no score for.
  if (names.length === scoreCount - 1) return { classes: names, droppedFirst: 1, droppedLast: 0 }
  if (names.length === scoreCount + 1 && isNothing(0)) {
    return { classes: names.slice(1), droppedFirst: 0, droppedLast: 0 }
  }
  throw new RangeError(
    `Expected a line for each of the network's ${scoreCount} classes but received ${names.length}`,
  )
}

/** Whether names are ImageNet's 1000 in their order, however many synonyms each has. */
export function areImagenet(classes: readonly ClassName[]): boolean {
  if (classes.length !== imagenet1k.size) return false
  const same = classes.filter(([wnid, name], index) => {
    const known = imagenet1k.label(index, 0)
    const synonyms = name.split(',').map((synonym) => synonym.trim().toLowerCase())
    return wnid === known.wnid || synonyms.includes(known.name.toLowerCase())
  })
  // Lists differ in spelling here and there.
  return same.length >= 0.8 * classes.length
}
