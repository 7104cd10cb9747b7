// Whether photos can be described: the model in use came with a text network.
import type { LatentState } from './slice.ts'

export type SearchBy = 'names' | 'description'

export const canDescribe = ({ models }: Pick<LatentState, 'models'>): boolean =>
  (models?.installed.find(({ id }) => id === models.currentId)?.pair ?? null) !== null

/** How the search fields read what is typed. */
export const searchesBy = (state: Pick<LatentState, 'models' | 'searchBy'>): SearchBy =>
  canDescribe(state) ? state.searchBy : 'names'

/** Cosines of texts and photos lie close together: two digits would not tell them apart. */
export const formatSimilarity = (similarity: number): string => similarity.toFixed(3)
