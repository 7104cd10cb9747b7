import { describe, expect, it } from 'vitest'
import { addClassifierHead } from './classifier-head.ts'
import { decodeModel, encodeModel } from './codec.ts'
import { bytesOf, GraphBuilder } from './graph-builder.ts'
import { dataType, type Model } from './model.ts'

function classifier(): Model {
  const graph = new GraphBuilder('tiny')
  const pixels = graph.input('pixels', dataType.uint8, ['N', 4, 4, 3])
  const features = graph.node('Transpose', [pixels], 'features', { perm: [0, 3, 1, 2] })
  const flat = graph.node('Flatten', [features], 'flat', { axis: -1 })
  const padded = graph.node('Pad', [flat, ''], 'padded', { mode: 'constant' })
  graph.constant('empty', dataType.float, [0], new Uint8Array())
  addClassifierHead(graph, {
    logits: padded,
    classCount: 3,
    droppedClasses: 1,
    features,
    embeddingDim: 3,
  })
  const model = graph.build()
  model.metadata.push({ key: 'made by', value: 'a test: ünïcode ✓' })
  return model
}

describe('the ONNX codec', () => {
  it('decodes what it encoded to an equal model', () => {
    const model = classifier()
    expect(decodeModel(encodeModel(model))).toEqual(model)
  })

  it('encodes a decoded model to the same bytes', () => {
    const bytes = encodeModel(classifier())
    expect(encodeModel(decodeModel(bytes))).toEqual(bytes)
  })

  it('keeps negative, large and fractional attribute values', () => {
    const model = classifier()
    model.graph?.nodes[0]?.attributes.push(
      {
        name: 'ints',
        type: 7,
        f: 0,
        i: 0,
        s: new Uint8Array(),
        floats: [],
        ints: [-1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 0],
      },
      {
        name: 'floats',
        type: 6,
        f: -0.5,
        i: -(2 ** 40),
        s: bytesOf(Uint8Array.of(0, 255)),
        t: { name: 't', dims: [2, 1], dataType: dataType.int8, rawData: Uint8Array.of(1, 2) },
        floats: [0, 1.5, Number.POSITIVE_INFINITY],
        ints: [],
      },
    )
    expect(decodeModel(encodeModel(model))).toEqual(model)
  })

  it('reads packed lists, as other writers of protobuf encode them', () => {
    // graph { initializer { dims: [3, 300] packed } }
    const bytes = Uint8Array.of(0x3a, 7, 0x2a, 5, 0x0a, 3, 3, 0xac, 0x02)
    expect(decodeModel(bytes).graph?.initializers[0]?.dims).toEqual([3, 300])
  })

  it('keeps fields that it does not know, and writes them back', () => {
    const unknown = Uint8Array.of(0x92, 0x06, 2, 1, 2)
    const known = encodeModel(classifier())
    const decoded = decodeModel(Uint8Array.of(...unknown, ...known))
    expect(decoded).toEqual({ ...classifier(), unknown })
    expect(encodeModel(decoded)).toEqual(Uint8Array.of(...known, ...unknown))
  })

  it('throws on every cut that is not between two top-level fields', () => {
    const model = classifier()
    const bytes = encodeModel(model)
    // A cut between fields leaves valid protobuf: these are the lengths where the fields end.
    const whole = new Set([0, bytes.byteLength])
    for (const part of [
      { irVersion: model.irVersion },
      { producerName: model.producerName },
      { producerVersion: model.producerVersion },
      { graph: model.graph },
      { opsets: model.opsets },
      { metadata: model.metadata },
    ]) {
      const fieldBytes = encodeModel(part as unknown as Model).byteLength
      whole.add(Math.max(...[...whole].filter((at) => at < bytes.byteLength)) + fieldBytes)
    }
    for (let length = 1; length < bytes.byteLength; length++) {
      const cut = bytes.slice(0, length)
      if (whole.has(length)) expect(() => decodeModel(cut)).not.toThrow()
      else expect(() => decodeModel(cut), `cut at ${length}`).toThrow()
    }
  })

  it('never hangs on random bytes: it throws or gives a model', () => {
    let state = 1
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state >>> 24
    }
    for (let round = 0; round < 2000; round++) {
      const bytes = Uint8Array.from({ length: 1 + (random() % 64) }, random)
      try {
        decodeModel(bytes)
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
      }
    }
  })
})
