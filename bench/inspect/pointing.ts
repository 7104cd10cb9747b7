// Whether Grad-CAM looks at the object that a label names.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gradCam } from '../../main/inspect/attribution/grad-cam.ts'
import { decodePicture } from '../../main/inspect/decode-picture.ts'
import { imagenet1k } from '../../main/models/labels.ts'
import { type Inside, insideBox, strongPart } from './inside.ts'
import { type Box, marks } from './marks.ts'
import { openNetwork } from './open-network.ts'

/** @param args the folder with the marked photos */
export async function benchPointing([folder]: readonly string[]): Promise<object> {
  if (folder === undefined) throw new Error('Expected a folder: bench -- pointing <folder>')
  const { network, pool } = await openNetwork()
  const byWnid = new Map(
    Array.from({ length: imagenet1k.size }, (_, i) => [imagenet1k.label(i, 0).wnid, i]),
  )
  const photos: (Inside & { photo: string; strongEnergy: number; area: number })[] = []
  try {
    for (const [photo, box] of Object.entries(marks)) {
      const path = join(resolve(folder), photo)
      const classIndex = byWnid.get(photo.slice(0, 9))
      if (!existsSync(path) || classIndex === undefined) continue
      const picture = await decodePicture(pool, { kind: 'file', path }, network.spec.inputSizePx)
      const layer = network.listed.lastConvolutional ?? ''
      const map = await gradCam(network, picture.pixels, classIndex, layer)
      const { energy: strongEnergy } = insideBox(strongPart(map), box)
      photos.push({ photo, ...insideBox(map, box), strongEnergy, area: areaOf(box) })
    }
  } finally {
    await network.dispose()
    await pool.dispose()
  }
  if (photos.length === 0) throw new Error(`${folder} holds none of the marked photos.`)
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    photos: photos.length,
    meanEnergyInside: mean(photos.map(({ energy }) => energy)),
    meanStrongEnergyInside: mean(photos.map(({ strongEnergy }) => strongEnergy)),
    pointingGame: mean(photos.map(({ isHit }) => Number(isHit))),
    meanBoxArea: mean(photos.map(({ area }) => area)),
    byPhoto: photos,
  }
}

const areaOf = ([left, top, right, bottom]: Box): number => (right - left) * (bottom - top)
