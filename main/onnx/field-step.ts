// How one node changes what a position sees of the picture.
import { intsAttribute } from './attributes.ts'
import type { Node } from './model.ts'
import type { FieldAxis, ReceptiveField } from './receptive-field.ts'
import type { Facts, Shape } from './shapes/shape.ts'
import { spanOf, transposedWindowOf, windowOf } from './shapes/window.ts'

/** A field, and which axes of its value run down (y) and across (x) the picture. */
export interface Placed extends ReceptiveField {
  readonly yAxis: number
  readonly xAxis: number
}

/** One node's passage from its inputs' fields to its output's. */
export class FieldStep {
  constructor(
    private readonly node: Node,
    private readonly known: ReadonlyMap<string, Facts>,
    private readonly fields: ReadonlyMap<string, Placed>,
  ) {}

  output(): Placed | undefined {
    const { opType } = this.node
    const merged = this.union()
    if (merged === undefined) return undefined
    if (opType === 'Conv' || opType === 'QLinearConv' || opType.endsWith('Pool')) {
      if (opType.includes('Global')) return this.collapsed(merged)
      return this.slid(merged)
    }
    if (opType === 'ConvTranspose') return this.spread(merged)
    if (opType === 'Transpose') return this.transposed(merged)
    if (opType === 'Pad') return this.padded(merged)
    const input = this.shape(0)
    const output = this.known.get(this.node.outputs[0] ?? '')?.shape
    const keeps = input?.length === output?.length
    if (keeps && sizeAt(input, merged.yAxis) === sizeAt(output, merged.yAxis)) return merged
    if (opType === 'Gather' || opType === 'Slice') return merged
    return keeps && !isReduction(opType) ? merged : this.collapsed(merged)
  }

  private shape(position: number): Shape | undefined {
    return this.known.get(this.node.inputs[position] ?? '')?.shape
  }

  private union(): Placed | undefined {
    const placed = this.node.inputs.flatMap((name) => {
      const field = this.fields.get(name)
      return field === undefined ? [] : [{ field, positions: this.positions(name, field) }]
    })
    const most = Math.max(...placed.map(({ positions }) => positions))
    const gated = this.node.opType.endsWith('Mul') && most > 1
    const parts = placed.filter(({ positions }) => !gated || positions > 1)
    const [first] = parts
    if (first === undefined) return undefined
    const axis = (name: 'x' | 'y'): FieldAxis =>
      parts.map(({ field }) => field[name]).reduce(joined)
    return { ...first.field, x: axis('x'), y: axis('y') }
  }

  private positions(name: string, field: Placed): number {
    const shape = this.known.get(name)?.shape
    return (sizeAt(shape, field.yAxis) ?? 1) * (sizeAt(shape, field.xAxis) ?? 1)
  }

  private slid(field: Placed): Placed | undefined {
    const weights = this.known.get(this.node.inputs[this.node.opType === 'Conv' ? 1 : 3] ?? '')
    const kernel = weights?.shape?.slice(2).filter((size) => typeof size === 'number')
    const [y, x] = windowOf(this.node, kernel, this.shape(0)?.slice(2) ?? []) ?? []
    if (y === undefined || x === undefined) return undefined
    const through = (axis: FieldAxis, window: typeof y): FieldAxis => ({
      sizePx: axis.sizePx + (spanOf(window) - 1) * axis.jumpPx,
      startPx: axis.startPx - window.padBegin * axis.jumpPx,
      jumpPx: axis.jumpPx * window.stride,
    })
    return { ...field, y: through(field.y, y), x: through(field.x, x) }
  }

  private spread(field: Placed): Placed | undefined {
    const kernel = this.shape(1)
      ?.slice(2)
      .filter((size) => typeof size === 'number')
    const spatial = this.shape(0)?.slice(2) ?? []
    const [y, x] = transposedWindowOf(this.node, kernel, spatial)?.axes ?? []
    if (y === undefined || x === undefined) return undefined
    const through = (axis: FieldAxis, window: typeof y): FieldAxis => {
      const reach = (spanOf(window) - 1) / window.stride
      return {
        sizePx: axis.sizePx + Math.ceil(reach) * axis.jumpPx,
        startPx: axis.startPx + (window.padBegin / window.stride - reach) * axis.jumpPx,
        jumpPx: axis.jumpPx / window.stride,
      }
    }
    return { ...field, y: through(field.y, y), x: through(field.x, x) }
  }

  /** All positions become one. */
  private collapsed(field: Placed): Placed {
    const shape = this.shape(this.node.inputs.findIndex((name) => this.fields.has(name)))
    const whole = (axis: FieldAxis, at: number): FieldAxis => ({
      ...axis,
      sizePx: axis.sizePx + ((sizeAt(shape, at) ?? 1) - 1) * axis.jumpPx,
    })
    return { ...field, y: whole(field.y, field.yAxis), x: whole(field.x, field.xAxis) }
  }

  private transposed(field: Placed): Placed {
    const order = intsAttribute(this.node, 'perm')
    if (order === undefined) return field
    return {
      ...field,
      yAxis: Math.max(order.indexOf(field.yAxis), 0),
      xAxis: Math.max(order.indexOf(field.xAxis), 0),
    }
  }

  private padded(field: Placed): Placed {
    const elements = this.known.get(this.node.inputs[1] ?? '')?.elements
    const pads = elements ?? intsAttribute(this.node, 'pads') ?? []
    const moved = (axis: FieldAxis, at: number): FieldAxis => {
      const begin = pads[at]
      const positions = typeof begin === 'number' ? begin : 0
      return { ...axis, startPx: axis.startPx - positions * axis.jumpPx }
    }
    return { ...field, y: moved(field.y, field.yAxis), x: moved(field.x, field.xAxis) }
  }
}

const isReduction = (opType: string): boolean => opType.startsWith('Reduce')

const sizeAt = (shape: Shape | undefined, axis: number): number | undefined => {
  const size = shape?.[axis]
  return typeof size === 'number' ? size : undefined
}

/** The smallest field around both; the finer jump where they differ. */
function joined(a: FieldAxis, b: FieldAxis): FieldAxis {
  const startPx = Math.min(a.startPx, b.startPx)
  const end = Math.max(a.startPx + a.sizePx, b.startPx + b.sizePx)
  return { sizePx: end - startPx, startPx, jumpPx: Math.min(a.jumpPx, b.jumpPx) }
}
