// Finds the type and shape of every value of a graph without running it.
import { type GraphIndex, graphOf, indexGraph, opsetOf } from '../graph.ts'
import { dataType, type Model, type Tensor, type ValueInfo } from '../model.ts'
import { elementCount, numbersOf } from '../tensor-data.ts'
import { elementwiseRules } from './elementwise-rules.ts'
import { layoutRules } from './layout-rules.ts'
import { mostElements, selectionRules } from './selection-rules.ts'
import { type Facts, type Shape, unknownFacts } from './shape.ts'
import { type ShapeRules, ShapeStep } from './shape-step.ts'
import { spatialRules } from './spatial-rules.ts'

const rules: ShapeRules = {
  ...elementwiseRules,
  ...spatialRules,
  ...layoutRules,
  ...selectionRules,
}

/** Operators outside ai.onnx whose shapes follow the rule of the same name. */
const domains = new Set(['', 'ai.onnx', 'com.microsoft'])

/**
 * Facts of every value. A batch axis without a fixed length keeps its name ("N"); results of
 * operators that are not known, and of nodes that make no sense, have no shape.
 *
 * @param index of the model's graph, when there is one already
 * @throws GraphError when no order of the nodes exists
 */
export function inferShapes(
  model: Model,
  index: GraphIndex = indexGraph(graphOf(model)),
): ReadonlyMap<string, Facts> {
  const known = new Map<string, Facts>()
  for (const input of index.graph.inputs) known.set(input.name, declaredFacts(input))
  for (const tensor of index.graph.initializers) known.set(tensor.name, tensorFacts(tensor))
  const declared = new Map(
    [...index.graph.valueInfos, ...index.graph.outputs].map((info) => [info.name, info]),
  )
  const opset = opsetOf(model)
  for (const node of index.nodes) {
    const rule = domains.has(node.domain) ? rules[node.opType] : undefined
    const found = rule?.(new ShapeStep(node, opset, known)) ?? []
    node.outputs.forEach((output, i) => {
      if (output === '') return
      const info = declared.get(output)
      const stated = info === undefined ? unknownFacts : declaredFacts(info)
      known.set(output, merged(found[i] ?? unknownFacts, stated))
    })
  }
  return known
}

/** What the file declares fills in what could not be inferred. */
function merged(found: Facts, stated: Facts): Facts {
  const sameRank = found.shape?.length === stated.shape?.length
  const shape = sameRank
    ? found.shape?.map((size, axis) => size ?? stated.shape?.[axis])
    : (found.shape ?? stated.shape)
  return { elemType: found.elemType ?? stated.elemType, shape, elements: found.elements }
}

/** An axis that is declared 0 or less has no length: exporters write so for a free one. */
function declaredFacts(info: ValueInfo): Facts {
  const tensor = info.type?.tensor
  const shape: Shape | undefined = tensor?.shape?.dims.map(({ value, param }) =>
    param !== '' ? param : value > 0 ? value : undefined,
  )
  return { elemType: tensor?.elemType, shape, elements: undefined }
}

function tensorFacts(tensor: Tensor): Facts {
  const integer = tensor.dataType === dataType.int64 || tensor.dataType === dataType.int32
  const few = elementCount(tensor.dims) <= mostElements
  return {
    elemType: tensor.dataType,
    shape: tensor.dims,
    elements: integer && few && tensor.dims.length < 2 ? [...numbersOf(tensor)] : undefined,
  }
}
