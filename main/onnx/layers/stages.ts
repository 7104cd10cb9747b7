// Groups units into what a diagram of the network would draw as one box.
import { commonScope, type NamePath } from './name-path.ts'
import type { Unit } from './units.ts'

export interface Stage {
  readonly units: readonly Unit[]
  readonly paths: readonly NamePath[]
  /** Scope that all its units share; empty when their names have none. */
  readonly scope: NamePath
}

/**
 * Where everything passes through one value the network can be cut; what lies between two such
 * places is a stage. Neighbours whose names lie in the same scope become one: a squeeze layer and
 * the two that it feeds, the three convolutions of an inverted residual.
 */
export function findStages(units: readonly Unit[], paths: readonly NamePath[]): readonly Stage[] {
  const lastUse = new Map<number, number>()
  units.forEach((unit, i) => {
    for (const source of unit.from) lastUse.set(source, i)
  })
  const regions: Stage[] = []
  let start = 0
  let reach = lastUse.get(-1) ?? 0
  units.forEach((_, i) => {
    if (reach <= i) {
      regions.push(stage(units.slice(start, i + 1), paths.slice(start, i + 1)))
      start = i + 1
    }
    reach = Math.max(reach, lastUse.get(i) ?? i)
  })
  return mergeScopes(regions)
}

function stage(units: readonly Unit[], paths: readonly NamePath[]): Stage {
  const [only] = paths
  // One unit's last part is its own name, not a scope.
  const scope = units.length === 1 ? (only?.slice(0, -1) ?? []) : commonScope(paths)
  return { units, paths, scope }
}

function mergeScopes(regions: readonly Stage[]): readonly Stage[] {
  const stages: Stage[] = []
  let pooled = false
  for (const next of regions) {
    pooled ||= next.units.some(
      ({ kind }, i) => kind === 'global-pooling' && next.units.length === i + 1,
    )
    const last = stages.at(-1)
    const same = last?.scope[0] !== undefined && last.scope[0] === next.scope[0]
    if (last !== undefined && same && !pooled && isMergeable(last) && isMergeable(next)) {
      const paths = [...last.paths, ...next.paths]
      stages[stages.length - 1] = {
        units: [...last.units, ...next.units],
        paths,
        scope: commonScope(paths),
      }
    } else {
      stages.push(next)
    }
  }
  return stages
}

const isMergeable = ({ units }: Stage): boolean =>
  units.length > 1 ||
  units.every(({ kind }) => ['convolution', 'depthwise', 'merge', 'activation'].includes(kind))
