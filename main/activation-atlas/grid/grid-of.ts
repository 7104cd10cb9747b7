// Answers for the grids of a sampled layer: reads the vectors, then counts, averages and picks.
import { withVectors } from '../../atlas/project.ts'
import type { Watch } from '../../atlas/turns.ts'
import { inMemory } from '../../atlas/vectors/vector-rows.ts'
import type { GridAnswer, GridRequest } from '../protocol.ts'
import { channelSpread } from './channel-spread.ts'
import { makeGrid } from './make-grid.ts'

/** @throws the signal's reason; ForeignFileError when the file holds something else */
export async function gridOf(
  { set, ...request }: GridRequest,
  { signal, onProgress }: Watch,
): Promise<GridAnswer> {
  const rows = await withVectors(set, (stored) => inMemory(stored, signal))
  const spread = await channelSpread(rows, request.norms, { signal })
  const levels = await makeGrid(rows, request, onProgress ? { signal, onProgress } : { signal })
  return { levels, ...spread }
}
