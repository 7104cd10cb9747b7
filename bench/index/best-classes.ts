// What Latent takes photos for, to hold the peers' answers against.
import type { EngineHost } from '../../main/engine/host.ts'
import type { OsPath } from '../../main/engine/os-path.ts'

/** The index of each photo's best class; undefined where it has none. */
export const bestClasses = (
  engine: EngineHost,
  files: readonly OsPath[],
): Promise<readonly (number | undefined)[]> =>
  Promise.all(
    files.map(async (path) => {
      const { prediction } = await engine.analyse(
        { kind: 'file', path },
        { urgent: false, topCount: 1 },
      )
      return prediction?.classIndices[0]
    }),
  )
