// Finds out from a graph how a text network is fed and what it gives.
import { GraphError, type GraphIndex, graphOf, indexGraph } from '../onnx/graph.ts'
import { dataType, type Model, type ValueInfo } from '../onnx/model.ts'
import { inferShapes } from '../onnx/shapes/infer-shapes.ts'
import type { TextTowerSpec } from './tower-spec.ts'

export interface GuessedTextTower {
  readonly inputs: TextTowerSpec['inputs']
  /** Vectors that a text could be compared by, the likeliest first. */
  readonly outputs: readonly { readonly value: string; readonly dim: number }[]
  /** Length of a text, where the graph fixes it. */
  readonly fixedTokens: number | undefined
  /** Tokens that the graph has a vector for; undefined when it cannot be told. */
  readonly vocabulary: number | undefined
}

const isInteger = ({ type }: ValueInfo): boolean =>
  type?.tensor?.elemType === dataType.int64 || type?.tensor?.elemType === dataType.int32

/** Names of the projected vector, best first; a pooled one lies in a space of its own. */
const likelyNames = [
  /^text_embeds$/,
  /text.*embed|text.*feature/i,
  /sentence|embed|feature/i,
  /pool/i,
]

/** Whether a graph takes texts: integers, two axes. */
export const takesText = (index: GraphIndex): boolean => idsInput(index) !== undefined

/** @throws GraphError naming what was not found, or what is not known */
export function guessTextTower(model: Model): GuessedTextTower {
  const index = indexGraph(graphOf(model))
  const ids = idsInput(index)
  if (ids === undefined) {
    throw new GraphError(
      'Expected an input of tokens [N, length] in the text network but found none',
    )
  }
  const known = inferShapes(model, index)
  const given = index.graph.inputs.filter(({ name }) => index.inputs.includes(name))
  const named = (pattern: RegExp): string =>
    given.find((input) => input !== ids && isInteger(input) && pattern.test(input.name))?.name ?? ''
  const inputs = {
    ids: ids.name,
    mask: named(/mask/i),
    positions: named(/position/i),
    types: named(/type/i),
    integers: ids.type?.tensor?.elemType === dataType.int32 ? 'int32' : 'int64',
  } as const
  const outputs = index.graph.outputs.flatMap(({ name }) => {
    const [, dim, ...more] = known.get(name)?.shape ?? []
    return typeof dim === 'number' && dim > 1 && more.length === 0 ? [{ value: name, dim }] : []
  })
  if (outputs.length === 0) {
    throw new GraphError('Expected a vector for each text among the outputs but found none')
  }
  const rank = ({ value }: { value: string }): number => {
    const at = likelyNames.findIndex((pattern) => pattern.test(value))
    return at < 0 ? likelyNames.length : at
  }
  const length = ids.type?.tensor?.shape?.dims[1]
  return {
    inputs,
    outputs: outputs.toSorted((a, b) => rank(a) - rank(b)),
    fixedTokens:
      length !== undefined && length.param === '' && length.value > 1 ? length.value : undefined,
    vocabulary: vocabularyOf(index, ids.name),
  }
}

function idsInput({ graph, inputs }: GraphIndex): ValueInfo | undefined {
  const candidates = graph.inputs.filter(
    (input) =>
      inputs.includes(input.name) &&
      isInteger(input) &&
      input.type?.tensor?.shape?.dims.length === 2 &&
      !/mask|position|type/i.test(input.name),
  )
  return candidates.find(({ name }) => /ids|token|text/i.test(name)) ?? candidates[0]
}

/** Rows of the table that tokens are looked up in. */
function vocabularyOf(index: GraphIndex, ids: string): number | undefined {
  let names = [ids]
  for (let steps = 0; steps < 4; steps++) {
    const next: string[] = []
    for (const name of names) {
      for (const node of index.consumers.get(name) ?? []) {
        if (node.opType === 'Gather' && node.inputs[1] === name) {
          const dims = index.initializers.get(node.inputs[0] ?? '')?.dims
          if (dims?.length === 2) return dims[0]
        }
        if (['Cast', 'Reshape', 'Identity'].includes(node.opType)) next.push(...node.outputs)
      }
    }
    names = next
  }
  return undefined
}
