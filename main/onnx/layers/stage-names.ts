// Names stages as people know them, and numbers those whose files carry no names.

import { assertNever } from '../../../preload/contract/errors.ts'
import type { LayerKind } from '../../../preload/contract/inspector.ts'
import type { NamePath } from './name-path.ts'
import type { Stage } from './stages.ts'

/** One unique name a stage. */
export function nameStages(stages: readonly Stage[]): readonly string[] {
  const wanted = stages.map(candidate)
  const shortened = unique(wanted, [/_\d+x\d+$/, /(?<=^[a-z]+\d+)_\d+$/])
  const taken = new Set<string>()
  const numbers = new Map<string, number>()
  return shortened.map((name, i) => {
    const kind = kindOfStage(stages[i])
    if (name !== undefined && !taken.has(name)) {
      taken.add(name)
      return name
    }
    const stem = name === undefined ? generatedStem(kind) : `${name}_`
    let numbered: string
    do {
      const number = (numbers.get(stem) ?? (name === undefined ? 0 : 1)) + 1
      numbers.set(stem, number)
      numbered = `${stem}${number}`
    } while (taken.has(numbered) || wanted.includes(numbered))
    taken.add(numbered)
    return numbered
  })
}

export const kindOfStage = (stage: Stage | undefined): LayerKind =>
  stage === undefined
    ? 'other'
    : stage.units.length > 1
      ? 'block'
      : (stage.units[0]?.kind ?? 'other')

function candidate(stage: Stage, position: number, all: readonly Stage[]): string | undefined {
  const [path = []] = stage.paths
  if (stage.units.length > 1) {
    return stage.scope.length > 0 ? stage.scope.join('/') : tokenScope(stage.paths)
  }
  const [scope] = path
  const leaf = path.at(-1)
  if (
    scope === undefined ||
    leaf === undefined ||
    /^[\d.]+$/.test(leaf.replace(/^features\./, ''))
  ) {
    return undefined
  }
  if (path.length === 1) return leaf
  const shared = all.some((other, i) => i !== position && other.paths[0]?.[0] === scope)
  if (!shared) return scope
  return /^[a-z]/i.test(leaf) ? leaf : path.join('/')
}

/** stage1_conv0, stage1_conv1, stage1__plus0: a block of stage1. */
function tokenScope(paths: readonly NamePath[]): string | undefined {
  const tokens = paths.map(([name = '']) => name.split('_'))
  const [first = []] = tokens
  const length = first.findIndex((token, i) => tokens.some((other) => other[i] !== token))
  const lead = first.slice(0, Math.max(length, 0)).join('_')
  return lead === '' ? undefined : `${lead}_block`
}

/** Cuts endings that no two names need to be told apart: Conv2d_1a_3x3, conv1_1. */
function unique(
  names: readonly (string | undefined)[],
  endings: readonly RegExp[],
): readonly (string | undefined)[] {
  return endings.reduce((current, ending) => {
    const short = current.map((name) => name?.replace(ending, ''))
    return current.map((name, i) => {
      const cut = short[i]
      const clash = short.some((other, j) => j !== i && other === cut)
      return cut === undefined || cut === '' || clash ? name : cut
    })
  }, names)
}

function generatedStem(kind: LayerKind): string {
  switch (kind) {
    case 'convolution':
      return 'conv'
    case 'depthwise':
      return 'depthwise'
    case 'dense':
      return 'fc'
    case 'pooling':
      return 'pool'
    case 'global-pooling':
      return 'global_pool'
    case 'normalisation':
      return 'norm'
    case 'activation':
      return 'activation'
    case 'merge':
      return 'merge'
    case 'softmax':
      return 'softmax'
    case 'block':
      return 'block'
    case 'other':
      return 'layer'
    default:
      return assertNever(kind)
  }
}
