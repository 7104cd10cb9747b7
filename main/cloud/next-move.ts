// What a library's Cloud should do next, as its photos come and go.
import type { CloudSettings } from '../../preload/contract/cloud.ts'

export interface StandingLayout {
  readonly method: 'pca' | 'umap'
  readonly settings: CloudSettings
  /** Photos that it was made of. */
  readonly madeOf: number
}

export interface Situation {
  /** Photos with an embedding. */
  readonly count: number
  /** Of these, without a place in the layout. */
  readonly unplaced: number
  /** Put among the others since the layout was made. */
  readonly placed: number
  readonly layout: StandingLayout | undefined
  readonly settings: CloudSettings
  /** More photos are on their way. */
  readonly indexing: boolean
  /** A person ended the work on the layout: nothing long is begun until they ask. */
  readonly held: boolean
}

export type Move =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'place' }
  | { readonly kind: 'lay-out'; readonly method: 'pca' | 'umap' }

/** First components of more photos are other ones: below it nobody sees that. */
const growthForComponents = 0.1
/** New photos lie where their neighbours lie, but make no groups of their own. */
const growthForLayout = 0.2
/** While photos come in, a layout at every doubling costs no more than one of all in the end. */
const growthWhileIndexing = 1
/** Fewer are laid out anew by components in no time. */
const fewestWhileIndexing = 256

export function nextMove(situation: Situation): Move {
  const { count, unplaced, placed, layout, settings, indexing, held } = situation
  if (count === 0) return { kind: 'nothing' }
  if (layout === undefined || !sameSettings(layout.settings, settings)) {
    if (held && layout !== undefined) return placing(unplaced)
    return { kind: 'lay-out', method: indexing ? 'pca' : 'umap' }
  }
  if (held) return placing(unplaced)
  const growth = (unplaced + placed) / layout.madeOf
  if (layout.method === 'pca') {
    if (!indexing || count >= fewestWhileIndexing) return { kind: 'lay-out', method: 'umap' }
    if (growth > growthForComponents) return { kind: 'lay-out', method: 'pca' }
    return placing(unplaced)
  }
  if (growth > (indexing ? growthWhileIndexing : growthForLayout)) {
    return { kind: 'lay-out', method: 'umap' }
  }
  return placing(unplaced)
}

const placing = (unplaced: number): Move => (unplaced > 0 ? { kind: 'place' } : { kind: 'nothing' })

export const sameSettings = (a: CloudSettings, b: CloudSettings): boolean =>
  a.dims === b.dims &&
  a.neighbours === b.neighbours &&
  a.minDist === b.minDist &&
  a.metric === b.metric &&
  a.seed === b.seed
