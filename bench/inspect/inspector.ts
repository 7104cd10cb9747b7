// How fast the Inspector answers, and what collecting every unit's photos costs an index.
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { forkWithNode } from '../../main/engine/fork-node.ts'
import { forDisplay } from '../../main/engine/os-path.ts'
import type { ModelSpec } from '../../main/engine/protocol.ts'
import { ClassifierSession } from '../../main/engine/sessions.ts'
import { testPicture } from '../../main/engine/test-picture.ts'
import { Inspector } from '../../main/inspect/inspector.ts'
import { imagenet1k } from '../../main/models/labels.ts'
import { defaultModel, inBuild } from '../measure/installed.ts'
import { median } from '../measure/median.ts'
import { photoFiles } from '../photos/photo-files.ts'
import { withoutUnitMaxima } from './without-unit-maxima.ts'

const opened = 12
const roundsOfCost = 30
const batchSize = 4

/** @param args a folder of photos */
export async function benchInspector([folder]: readonly string[]): Promise<object> {
  if (folder === undefined) throw new Error('Expected a folder: bench -- inspector <folder>')
  const { spec, network, card } = await defaultModel()
  const inspector = new Inspector({
    fork: forkWithNode(fileURLToPath(inBuild('inspect.js'))),
    spec: network,
    modelName: card.name,
    labels: imagenet1k,
    onProgress: () => {},
  })
  try {
    const coldMs = await timed(() => inspector.model())
    const { layers } = await inspector.model()
    const files = (await photoFiles(folder)).slice(0, opened)
    const openMs: number[] = []
    const layerMs: number[] = []
    const hoverMs: number[] = []
    for (const path of files) {
      const subject = { name: forDisplay(path), source: { kind: 'file', path } as const }
      let session = ''
      // What the window does before it shows the first maps.
      openMs.push(
        await timed(async () => {
          session = (await inspector.open('a', { ...subject, photoId: null })).session
          await inspector.layer(session, layers[0]?.name ?? '')
        }),
      )
      for (const { name } of layers) layerMs.push(await timed(() => inspector.layer(session, name)))
      for (const { name: layer, heightPx, widthPx } of layers) {
        const [x, y] = [widthPx >> 1, heightPx >> 1]
        const reading = () => inspector.point({ session, layer, channel: 0, x, y })
        hoverMs.push(await timed(reading))
      }
    }
    return {
      layers: layers.length,
      coldMs,
      openToFirstMapsMs: { median: median(openMs.slice(1)), most: Math.max(...openMs.slice(1)) },
      switchLayerMs: { median: median(layerMs), most: Math.max(...layerMs) },
      hoverMs: { median: median(hoverMs), most: Math.max(...hoverMs) },
      unitPhotos: await costOfUnits(spec),
    }
  } finally {
    inspector.dispose()
  }
}

/** Inference with and without the units' maxima, in turns. */
async function costOfUnits(spec: ModelSpec): Promise<object> {
  const plain = await withoutUnitMaxima(spec)
  const threads = availableParallelism()
  const sessions = [
    await ClassifierSession.create(plain.spec, 'cpu', threads),
    await ClassifierSession.create(spec, 'cpu', threads),
  ] as const
  const picture = testPicture(spec.inputSizePx)
  const pixels = new Uint8Array(picture.byteLength * batchSize)
  for (let i = 0; i < batchSize; i++) pixels.set(picture, i * picture.byteLength)
  const times: readonly [number[], number[]] = [[], []]
  for (let round = 0; round < roundsOfCost; round++) {
    for (const side of [0, 1] as const) {
      times[side].push(await timed(() => sessions[side].run(pixels, batchSize)))
    }
  }
  for (const session of sessions) await session.dispose()
  await plain.dispose()
  const [without, collecting] = times.map((all) => median(all.slice(2)) / batchSize)
  return {
    msWithout: without,
    msWith: collecting,
    ofInference: (collecting ?? 0) / (without ?? 1) - 1,
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
