// A library of many photos that never were: everything that Latent keeps of them, made up.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { z } from 'zod'
import { JsonFile } from '../../main/app/json-file.ts'
import { clusteredVectors, clusterOfRow } from '../../main/atlas/testing/clustered-vectors.ts'
import { writeStanding } from '../../main/cloud/standing-file.ts'
import { type Analysis, type ModelSpec, unknownFacts } from '../../main/engine/protocol.ts'
import { randomFrom } from '../../main/inspect/dream/random.ts'
import { libraryIdOf } from '../../main/library/library.ts'
import { LibraryStore } from '../../main/store/library-store.ts'
import { firstCloudSettings } from '../../preload/contract/cloud.ts'

const clusters = 300
const tileSide = 32
const photosPerCommit = 2000
/** A root that is not there: the library is offline, so nothing is looked for. */
const root = '/photos that never were'

/** @param dataFolder of the app; afterwards the library is in its list */
export async function makeLargeLibrary(
  dataFolder: string,
  count: number,
  spec: ModelSpec,
): Promise<void> {
  const home = join(dataFolder, 'libraries', libraryIdOf(root))
  await mkdir(home, { recursive: true })
  const { embeddingDim } = spec
  const rows = clusteredVectors({ count, dim: embeddingDim, clusters, seed: 1 })
  const looks = await Promise.all(Array.from({ length: clusters }, (_, i) => lookOf(i)))
  const store = new LibraryStore(home, spec)
  try {
    const rootId = store.scan.addRoot(Buffer.from(root), 'folder')
    store.scan.beginScan()
    for (let first = 0; first < count; first += photosPerCommit) {
      const some = Array.from({ length: Math.min(photosPerCommit, count - first) }, (_, i) => {
        const row = first + i
        const folder = `${2000 + (row % 25)}`
        const name = `photo ${row}.jpg`
        const rel = Buffer.from(`${folder}/${name}`)
        return { rel, name, folder, sizeBytes: 1_000_000 + row, modifiedAtMs: 1e12 + row * 1e6 }
      })
      store.scan.addNew(rootId, some)
      store.commit(
        some.map((_, i) => {
          const row = first + i
          const look = looks[clusterOfRow(row, clusters)]
          const analysis: Analysis = {
            status: 'ok',
            reason: '',
            facts: { ...unknownFacts, format: 'JPEG', widthPx: 6000, heightPx: 4000 },
            picture: look,
            prediction: {
              classIndices: Uint16Array.of(clusterOfRow(row, clusters) * 3, 1, 2, 3, 4),
              probabilities: Float32Array.of(0.8, 0.1, 0.05, 0.03, 0.02),
              embedding: rows.halves.slice(row * embeddingDim, (row + 1) * embeddingDim),
            },
            decodeMs: 10,
            inferMs: 20,
          }
          return { photoId: row + 1, analysis }
        }),
      )
    }
  } finally {
    store.dispose()
  }
  await writeStanding(join(home, 'layouts', `${spec.id}-${spec.sha256.slice(0, 8)}-3d.standing`), {
    ids: Uint32Array.from({ length: count }, (_, i) => i + 1),
    positions: positionsOf(count),
    settings: firstCloudSettings,
    method: 'umap',
    facts: null,
    madeOf: count,
  })
  const entry = { id: libraryIdOf(root), name: 'many', location: root, photoCount: count }
  const recent = new JsonFile(join(dataFolder, 'recent.json'), z.array(z.unknown()), [])
  await recent.write([{ ...entry, openedAtMs: Date.now() }])
}

/** Each cluster has a colour of its own, so that one sees whether it holds together. */
async function lookOf(cluster: number): Promise<NonNullable<Analysis['picture']>> {
  const random = randomFrom(cluster + 1)
  const [r, g, b] = [random(), random(), random()].map((part) => Math.floor(40 + part * 200))
  const background = { r: r ?? 0, g: g ?? 0, b: b ?? 0 }
  const picture = sharp({ create: { width: 256, height: 171, channels: 3, background } })
  const hex = [r, g, b].map((part) => (part ?? 0).toString(16).padStart(2, '0')).join('')
  const tile = new Uint8Array(tileSide * tileSide * 3)
  for (let at = 0; at < tile.length; at++) tile[at] = [r, g, b][at % 3] ?? 0
  return {
    thumbnail: new Uint8Array(await picture.jpeg().toBuffer()),
    tile,
    dominantColour: `#${hex}`,
  }
}

/** Balls of points, [count, 3]. */
function positionsOf(count: number): Float32Array {
  const random = randomFrom(7)
  const centres = Array.from({ length: clusters * 3 }, () => (random() - 0.5) * 30)
  return Float32Array.from({ length: count * 3 }, (_, at) => {
    const cluster = clusterOfRow(Math.floor(at / 3), clusters)
    return (centres[cluster * 3 + (at % 3)] ?? 0) + (random() + random() + random() - 1.5) * 1.5
  })
}
