import { describe, expect, it } from 'vitest'
import { loadSharp } from '../engine/decode.ts'
import { withNotes } from './png-text.ts'

const png = async (): Promise<Uint8Array> =>
  loadSharp()({ create: { width: 3, height: 2, channels: 3, background: '#abc' } })
    .png()
    .toBuffer()

describe('withNotes', () => {
  it('keeps the picture readable and the notes with it', async () => {
    const file = withNotes(await png(), { Title: 'Mixed_5b · channel 17', Software: 'Latent' })
    const { width, height, comments } = await loadSharp()(file).metadata()
    expect([width, height]).toEqual([3, 2])
    expect(comments?.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['Mixed_5b · channel 17', 'Latent']),
    )
  })

  it('refuses what is no PNG', () => {
    expect(() => withNotes(new Uint8Array(100), {})).toThrow('Expected a PNG file')
  })
})
