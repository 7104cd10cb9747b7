// Which pixels of the input each position of a layer can see.
import { FieldStep, type Placed } from './field-step.ts'
import { type GraphIndex, graphOf, indexGraph } from './graph.ts'
import type { Model } from './model.ts'
import { inferShapes } from './shapes/infer-shapes.ts'
import type { Facts, Shape } from './shapes/shape.ts'

/** Position i of an axis sees input pixels startPx + i * jumpPx … that + sizePx - 1. */
export interface FieldAxis {
  readonly sizePx: number
  readonly jumpPx: number
  /** First pixel that position 0 sees; negative when it lies in the padding. */
  readonly startPx: number
}

export interface ReceptiveField {
  readonly y: FieldAxis
  readonly x: FieldAxis
}

/**
 * Receptive fields of all values that depend on the image input, by the recurrence of Araujo,
 * Norris and Sim, "Computing receptive fields of convolutional neural networks", Distill 2019
 * (https://distill.pub/2019/computing-receptive-fields): a window of span k, stride s and padding p
 * makes size += (k - 1) * jump, start -= p * jump, jump *= s. Where paths meet, the union is taken.
 *
 * Values without spatial axes (after a flattening) have one position that sees what all positions
 * before it saw. A product with a gate of one position (squeeze-and-excitation) keeps the field of
 * the map that it gates, although the gate has seen the whole picture.
 *
 * The image input is the first graph input of rank 4: channel-last when only its last axis is as
 * long as colours are (1, 3 or 4).
 *
 * @returns fields by value name; values that do not depend on the image, or whose window is not
 *   known, are absent
 * @throws GraphError when no order of the nodes exists
 */
export function receptiveFields(
  model: Model,
  index: GraphIndex = indexGraph(graphOf(model)),
  known: ReadonlyMap<string, Facts> = inferShapes(model, index),
): ReadonlyMap<string, ReceptiveField> {
  const fields = new Map<string, Placed>()
  const image = index.inputs.find((name) => known.get(name)?.shape?.length === 4)
  if (image === undefined) return fields
  const isLast = isChannelLast(known.get(image)?.shape)
  const unit = { sizePx: 1, jumpPx: 1, startPx: 0 }
  fields.set(image, { y: unit, x: unit, yAxis: isLast ? 1 : 2, xAxis: isLast ? 2 : 3 })
  for (const node of index.nodes) {
    const step = new FieldStep(node, known, fields)
    const field = step.output()
    const [output] = node.outputs
    if (field !== undefined && output !== undefined) fields.set(output, field)
  }
  return fields
}

function isChannelLast(shape: Shape | undefined): boolean {
  const isColour = (size: unknown) => size === 1 || size === 3 || size === 4
  return isColour(shape?.[3]) && !isColour(shape?.[1])
}

export interface PixelBox {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** What a position saw of a picture, without the padding around it. */
export function fieldAt(
  field: ReceptiveField,
  row: number,
  column: number,
  picture: { readonly widthPx: number; readonly heightPx: number },
): PixelBox {
  const [left, right] = clipped(field.x, column, picture.widthPx)
  const [top, bottom] = clipped(field.y, row, picture.heightPx)
  return { left, top, width: right - left, height: bottom - top }
}

function clipped(axis: FieldAxis, position: number, lengthPx: number): readonly [number, number] {
  const start = axis.startPx + position * axis.jumpPx
  const inside = (at: number) => Math.min(Math.max(at, 0), lengthPx)
  return [inside(start), inside(start + axis.sizePx)]
}
