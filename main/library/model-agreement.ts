// Where two models agree about a library's photos, and where they do not, by the labels' names.
import type { AgreementMatrix, ModelAgreement } from '../../preload/contract/models.ts'
import type { LabelSet } from '../models/labels.ts'
import type { ClassPair } from '../store/agreement.ts'

/** Rows and columns of the matrix. */
const matrixLabels = 8
const shownDifferences = 12

export interface Difference extends ClassPair {
  readonly ownName: string
  readonly otherName: string
}

export interface Agreement extends Pick<ModelAgreement, 'photos' | 'same' | 'matrix'> {
  /** Commonest first. */
  readonly differences: readonly Difference[]
}

/** @param pairs of classes, commonest first */
export function agreementOf(
  pairs: readonly ClassPair[],
  own: LabelSet,
  other: LabelSet,
): Agreement {
  const named = pairs.map((pair) => ({
    ...pair,
    ownName: own.label(pair.own, 0).name,
    otherName: other.label(pair.other, 0).name,
  }))
  // Two sets of labels have different numbers for the same thing.
  const isSame = ({ ownName, otherName }: Difference): boolean =>
    ownName.toLowerCase() === otherName.toLowerCase()
  const sum = (some: readonly Difference[]): number =>
    some.reduce((total, { count }) => total + count, 0)
  return {
    photos: sum(named),
    same: sum(named.filter(isSame)),
    matrix: matrixOf(named),
    differences: named.filter((pair) => !isSame(pair)).slice(0, shownDifferences),
  }
}

function matrixOf(named: readonly Difference[]): AgreementMatrix {
  const counted = (nameOf: (pair: Difference) => string): readonly string[] => {
    const counts = new Map<string, number>()
    for (const pair of named) counts.set(nameOf(pair), (counts.get(nameOf(pair)) ?? 0) + pair.count)
    return [...counts].toSorted((a, b) => b[1] - a[1]).map(([name]) => name)
  }
  const rows = counted(({ ownName }) => ownName).slice(0, matrixLabels)
  const others = counted(({ otherName }) => otherName)
  // The same labels stand in the same order, so that agreement lies on the diagonal.
  const columns = [...new Set([...rows.filter((name) => others.includes(name)), ...others])].slice(
    0,
    matrixLabels,
  )
  const counts = rows.map((row) =>
    columns.map((column) =>
      named.reduce(
        (total, { ownName, otherName, count }) =>
          ownName === row && otherName === column ? total + count : total,
        0,
      ),
    ),
  )
  return { rows, columns, counts }
}
