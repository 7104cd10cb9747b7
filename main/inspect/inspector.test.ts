import { describe, expect, it } from 'vitest'
import type { ChildEvents } from '../engine/child-process.ts'
import { unknownFacts } from '../engine/protocol.ts'
import { imagenet1k } from '../models/labels.ts'
import { serveCalls } from './call-server.ts'
import type { FromCallee, ToCallee } from './calls.ts'
import { Inspector } from './inspector.ts'
import type { Subject } from './open-looks.ts'
import type { InspectCalls, LookAnswer } from './protocol.ts'

const subject: Subject = {
  name: 'dog.jpg',
  source: { kind: 'file', path: '/photos/dog.jpg' },
  photoId: 7,
}
const probabilities = new Float32Array(1000)
probabilities[208] = 0.9
const answer: LookAnswer = {
  facts: { ...unknownFacts, widthPx: 40, heightPx: 30 },
  crop: { leftPx: 5, topPx: 0, sidePx: 30 },
  pixels: new Uint8Array(),
  logits: new Float32Array(1000),
  probabilities,
  decodeMs: 1,
  inferMs: 2,
}

/** Children that keep looks like real ones, in this very process. */
function inspectorOverFakes() {
  const children: ChildEvents<FromCallee>[] = []
  let looks = 0
  const inspector = new Inspector({
    fork: (events) => {
      children.push(events)
      const held = new Set<string>()
      let receive: (message: ToCallee) => void = () => {}
      serveCalls(
        {
          send: (message) => queueMicrotask(() => events.onMessage(message)),
          listen: (handle) => {
            receive = handle
          },
        },
        {
          look: async ({ session }: InspectCalls['look']['input']) => {
            looks++
            held.add(session)
            return answer
          },
          drop: async ({ session }: { session: string }) => void held.delete(session),
          confusions: async () => [{ index: 207, similarity: 0.3 }],
          point: async ({ session }: { session: string }) => {
            if (!held.has(session)) throw new Error('This photo is no longer open.')
            return { value: 1.5, window: null }
          },
          tensor: async () => ({ data: Float32Array.of(1, 3, 4, 4), dims: [2, 1, 2] }),
          facts: async () => ({ penultimateLayer: 'pool' }),
          peak: async () => ({
            ...answer,
            activation: 4,
            window: { leftPx: 10, topPx: 20, widthPx: 5, heightPx: 5 },
          }),
        },
      )
      return { send: (message) => queueMicrotask(() => receive(message)), kill: () => {} }
    },
    spec: { id: 'net', onnxPath: '', inputSizePx: 60 },
    modelName: 'Net',
    labels: imagenet1k,
    onProgress: () => {},
  })
  return { inspector, children, looks: () => looks }
}

const place = { layer: 'conv1', channel: 0, x: 0, y: 0 }

describe('Inspector', () => {
  it('explains the labels of an opened photo', async () => {
    const { inspector } = inspectorOverFakes()
    const { labels, widthPx, photoId } = await inspector.open('a', subject)
    expect([widthPx, photoId]).toEqual([40, 7])
    expect(labels[0]).toMatchObject({
      name: 'Labrador retriever',
      path: ['animal', 'mammal', 'dog', 'retriever', 'Labrador retriever'],
      confusions: [{ index: 207, name: 'golden retriever', similarity: 0.3, probability: 0 }],
    })
  })

  it('runs an open photo again when the process that held it died', async () => {
    const { inspector, children, looks } = inspectorOverFakes()
    const { session } = await inspector.open('a', subject)
    children[0]?.onExit(139)
    await expect(inspector.point({ session, ...place })).resolves.toMatchObject({ value: 1.5 })
    expect(looks()).toBe(2)
    await inspector.point({ session, ...place })
    expect(looks()).toBe(2)
  })

  it('forgets the photo that a slot showed before, and not the other slot', async () => {
    const { inspector } = inspectorOverFakes()
    const first = await inspector.open('a', subject)
    const other = await inspector.open('b', subject)
    await inspector.open('a', subject)
    await expect(inspector.point({ session: first.session, ...place })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(inspector.point({ session: other.session, ...place })).resolves.toBeDefined()
  })

  it('gives up opening a photo when the next one is opened', async () => {
    const { inspector } = inspectorOverFakes()
    const first = inspector.open('a', subject)
    const second = inspector.open('a', subject)
    await expect(first).rejects.toMatchObject({ code: 'cancelled' })
    await expect(second).resolves.toBeDefined()
  })

  it('averages the penultimate maps and leaves the photo itself out of its neighbours', async () => {
    const { inspector } = inspectorOverFakes()
    const { session } = await inspector.open('a', subject)
    const row = {
      id: 7,
      name: '',
      status: 'ok',
      widthPx: 1,
      heightPx: 1,
      dominantColour: '',
      hasThumbnail: false,
      labels: [],
      truth: null,
    } as const
    const { values, neighbours } = await inspector.vector(session, async (unit) => {
      expect(Math.hypot(...unit)).toBeCloseTo(1)
      const alike = { similarity: 1, embedding: unit }
      const photos = [7, 8].map((id) => ({ photo: { ...row, id }, ...alike }))
      return { photos, mean: new Float32Array(unit.length) }
    })
    expect([...values]).toEqual([2, 4])
    expect(neighbours.map(({ photo }) => photo.id)).toEqual([8])
    expect(neighbours[0]?.sharedUnits[0]?.unit).toBe(1)
  })

  it('tells where on the whole photo a unit responds', async () => {
    const { inspector } = inspectorOverFakes()
    await expect(inspector.unitPatch(subject, 'conv1', 3)).resolves.toEqual({
      activation: 4,
      leftPx: 10,
      topPx: 10,
      widthPx: 2.5,
      heightPx: 2.5,
    })
  })
})
