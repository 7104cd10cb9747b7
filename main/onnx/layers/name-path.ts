// Takes the names that exporters give to nodes apart into the parts that people know.
import type { GraphIndex } from '../graph.ts'
import type { Unit } from './units.ts'

/** From the outermost scope to the layer itself; empty when the file carries no name. */
export type NamePath = readonly string[]

/** Last parts that only say which operator it is. */
const operatorPart =
  /^(relu6?|conv|conv2d|depthwise_?conv2d|bias_?add|add|max_?pool(ing)?|avg_?pool|average_?pool|concat(enate)?|batch_?norm(alization)?|bn|fusedbatchnorm(v\d)?|matmul|gemm|clip|identity|output|fwd|flatten|softmax|squeeze|mul)(_fold|_quantized)?$/i

/** The name paths of all units, without the scopes that (nearly) all of them share. */
export function namePaths(units: readonly Unit[], index: GraphIndex): readonly NamePath[] {
  const paths = units.map((unit) => rawPath(unit, index))
  return withoutCommonToken(withoutCommonScopes(paths)).map(trimmed)
}

function rawPath({ anchor }: Unit, index: GraphIndex): NamePath {
  const [output = ''] = anchor.outputs
  // Names of the form "Conv:value" are ours and say no more than the value.
  const own = anchor.name.includes(':') ? '' : anchor.name
  const weights = anchor.inputs
    .slice(1)
    .find((name) => index.initializers.has(name) && !isGeneric(name, anchor.opType))
  const candidates = [own, output, weights?.replace(/[._/](weight|kernel|w)(:0)?$/i, '') ?? '']
  const found = candidates.find((name) => !isGeneric(name, anchor.opType))
  return found === undefined ? [] : split(found)
}

/** Numbers, and names that repeat the operator: "123", "Conv_7", "onnx::Conv_12". */
function isGeneric(name: string, opType: string): boolean {
  const plain = name.toLowerCase()
  const op = opType.toLowerCase()
  return (
    plain === '' ||
    /^\d+$/.test(plain) ||
    plain.startsWith('onnx::') ||
    (plain.startsWith(op) && /^[_:]?\d*(_output_\d+)?$/.test(plain.slice(op.length)))
  )
}

/** Converters join the names that were folded into one value with semicolons: the first leads. */
function split(name: string): NamePath {
  const first = name.split(';')[0] ?? name
  const parts = first
    .replace(/_output_\d+$/, '')
    .replace(/(:\d+)?$/, '')
    .split('/')
    .filter((part) => part !== '')
  // Torch repeats the outer scope in the inner one: layer1, layer1.0.
  const nested = parts.filter((part, i) => !(parts[i + 1] ?? '').startsWith(`${part}.`))
  return nested.length === 1 && nested[0] !== undefined ? dotted(nested[0]) : nested
}

/** features.3.conv.0 is block features.3; layer1.0.conv1 is layer1.0. */
function dotted(part: string): NamePath {
  const pieces = part.split('.')
  const number = pieces.findIndex((piece) => /^\d+$/.test(piece))
  const scopeLength = number > 0 && number < pieces.length - 1 ? number + 1 : pieces.length - 1
  if (scopeLength === 0) return [part]
  return [pieces.slice(0, scopeLength).join('.'), pieces.slice(scopeLength).join('.')]
}

function withoutCommonScopes(paths: readonly NamePath[]): readonly NamePath[] {
  let result = paths
  for (let round = 0; round < 8; round++) {
    const long = result.filter((path) => path.length > 1)
    const [lead] = mostCommon(long.map(([first = '']) => first))
    const sharing = long.filter(([first]) => first === lead).length
    if (lead === undefined || sharing < 0.8 * result.length || long.length < 3) break
    result = result.map((path) => (path.length > 1 && path[0] === lead ? path.slice(1) : path))
  }
  return result
}

/** Gluon's "resnetv17_stage1_conv0_fwd": the network's own name leads every name. */
function withoutCommonToken(paths: readonly NamePath[]): readonly NamePath[] {
  const flat = paths.filter((path) => path.length === 1)
  const tokens = flat.flatMap(([name = '']) =>
    name.includes('_') ? [name.split('_')[0] ?? ''] : [],
  )
  const [lead] = mostCommon(tokens)
  const sharing = tokens.filter((token) => token === lead).length
  if (lead === undefined || sharing < 0.8 * paths.length || paths.length < 3) return paths
  return paths.map((path) =>
    path.map((part) => (part.startsWith(`${lead}_`) ? part.slice(lead.length + 1) : part)),
  )
}

function mostCommon(items: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a).map(([item]) => item)
}

function trimmed(path: NamePath): NamePath {
  const parts = path.map((part) => part.replace(/_fwd$/, ''))
  while (parts.length > 1 && operatorPart.test(parts.at(-1) ?? '')) parts.pop()
  // depthwise/depthwise
  while (parts.length > 1 && parts.at(-1) === parts.at(-2)) parts.pop()
  return parts
}

/** Leading parts that all paths have in common. */
export function commonScope(paths: readonly NamePath[]): NamePath {
  const named = paths.filter((path) => path.length > 0)
  const [first = []] = named
  if (named.length < paths.length) return []
  const length = first.findIndex((part, i) => named.some((path) => path[i] !== part))
  return length < 0 ? first : first.slice(0, length)
}
