import { expect, it } from 'vitest'
import { unknownFacts } from '../engine/protocol.ts'
import type { InstalledModel } from '../models/installed.ts'
import { imagenet1k } from '../models/labels.ts'
import { serveCalls } from './call-server.ts'
import type { ToCallee } from './calls.ts'
import { Inspector } from './inspector.ts'
import { Inspectors } from './inspectors.ts'
import type { Subject } from './open-looks.ts'
import type { InspectCalls, LookAnswer } from './protocol.ts'

const answer: LookAnswer = {
  facts: unknownFacts,
  crop: { leftPx: 0, topPx: 0, sidePx: 1 },
  pixels: new Uint8Array(),
  logits: new Float32Array(),
  probabilities: new Float32Array(),
  decodeMs: 1,
  inferMs: 1,
}
const subject: Subject = { name: 'a', source: { kind: 'file', path: '/a' }, photoId: null }

const modelOf = (id: string, sha256 = id): InstalledModel => ({
  card: {
    id,
    name: id,
    inputSizePx: 32,
    classCount: 0,
    embeddingDim: 4,
    unitLayers: [],
    quantised: { file: '', sha256 },
    float: { file: '', sha256 },
    sourceSha256: '',
    converterVersion: 1,
    labels: { kind: 'none' },
  },
  folder: '',
  spec: {
    id,
    onnxPath: '',
    sha256,
    inputSizePx: 32,
    classCount: 0,
    embeddingDim: 4,
    unitCount: 0,
  },
  network: { id, onnxPath: '', inputSizePx: 32 },
  labels: imagenet1k,
})

function setUp() {
  const killed: string[] = []
  const inspectors = new Inspectors(
    ({ network }) =>
      new Inspector({
        fork: (events) => {
          let receive: (message: ToCallee) => void = () => {}
          serveCalls(
            {
              send: (message) => queueMicrotask(() => events.onMessage(message)),
              listen: (handle) => {
                receive = handle
              },
            },
            {
              look: async () => answer,
              drop: async () => undefined,
              point: async ({ session: _ }: InspectCalls['point']['input']) => ({
                value: network.id.length,
                window: null,
              }),
            },
          )
          return {
            send: (message) => queueMicrotask(() => receive(message)),
            kill: () => void killed.push(network.id),
          }
        },
        spec: network,
        modelName: network.id,
        labels: imagenet1k,
        onProgress: () => {},
      }),
  )
  return { inspectors, killed }
}

const place = { layer: 'conv1', channel: 0, x: 0, y: 0 }

it('keeps two networks alive, each with its own photo', async () => {
  const { inspectors } = setUp()
  const a = await inspectors.open('a', subject, modelOf('one'))
  const b = await inspectors.open('b', subject, modelOf('three'))
  expect([a.modelId, b.modelId]).toEqual(['one', 'three'])
  for (const [{ session }, value] of [
    [a, 3],
    [b, 5],
  ] as const) {
    const reading = await inspectors.holding(session).point({ session, ...place })
    expect(reading.value).toBe(value)
  }
  inspectors.dispose()
})

it('lets go of what a slot showed, in whichever network that was', async () => {
  const { inspectors } = setUp()
  const first = await inspectors.open('a', subject, modelOf('one'))
  const second = await inspectors.open('a', subject, modelOf('two'))
  expect(() => inspectors.holding(first.session)).toThrow('no longer open')
  expect(inspectors.holding(second.session)).toBe(inspectors.of(modelOf('two')))
  inspectors.dispose()
})

it('ends all work on a network that is removed, or replaced under its name', async () => {
  const { inspectors, killed } = setUp()
  const { session } = await inspectors.open('a', subject, modelOf('one'))
  const before = inspectors.of(modelOf('one'))
  inspectors.forget('one')
  expect(killed).toEqual(['one'])
  expect(() => inspectors.holding(session)).toThrow('no longer open')
  expect(inspectors.of(modelOf('one'))).not.toBe(before)
  expect(inspectors.of(modelOf('one', 'other'))).not.toBe(inspectors.of(modelOf('one')))
  inspectors.dispose()
})
