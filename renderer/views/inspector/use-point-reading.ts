// The value under the pointer: at once from the bytes, then in full precision from main.
import { useEffect, useState } from 'react'
import { createLatest } from '../../state/latest.ts'
import type { LayerMaps } from '../../state/layer-maps-slice.ts'
import { useLatentStore } from '../../use-latent.ts'
import type { Cell } from './picture/crop-maths.ts'

interface Question {
  readonly session: string
  readonly layer: string
  readonly channel: number
  readonly x: number
  readonly y: number
}

export interface Reading {
  readonly value: number
  /** False while it was read from a byte. */
  readonly exact: boolean
}

const keyOf = ({ session, layer, channel, x, y }: Question): string =>
  `${session}/${layer}/${channel}/${x}/${y}`

/** What a byte of the map stands for. */
export function byteValue({ activations, bytes }: LayerMaps, channel: number, cell: Cell): number {
  const { widthPx, heightPx, minima, maxima } = activations
  const byte = bytes[(channel * heightPx + cell.y) * widthPx + cell.x] ?? 0
  const [min, max] = [minima[channel] ?? 0, maxima[channel] ?? 0]
  return min + (byte / 255) * (max - min)
}

/** Null while nothing is pointed at. */
export function usePointReading(
  maps: LayerMaps | null,
  channel: number,
  cell: Cell | null,
): Reading | null {
  const store = useLatentStore()
  const [answer, setAnswer] = useState<{ readonly key: string; readonly value: number } | null>(
    null,
  )
  const [latest] = useState(() =>
    createLatest<Question>(async (question) => {
      const result = await store.getState().readPoint(question)
      if (result.ok) setAnswer({ key: keyOf(question), value: result.value.value })
    }),
  )
  const session = maps?.activations.session ?? ''
  const layer = maps?.activations.layer ?? ''
  const x = cell?.x ?? -1
  const y = cell?.y ?? -1
  useEffect(() => {
    if (layer !== '' && x >= 0) latest.ask({ session, layer, channel, x, y })
    else latest.forget()
  }, [latest, session, layer, channel, x, y])

  if (maps === null || cell === null) return null
  const exact = answer?.key === keyOf({ session, layer, channel, x, y })
  return exact && answer !== null
    ? { value: answer.value, exact: true }
    : { value: byteValue(maps, channel, cell), exact: false }
}
