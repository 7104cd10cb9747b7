// The arithmetic of a kernel at a position: one request at a time, the latest position next.
import { useEffect, useState } from 'react'
import type { KernelReading } from '../../../../preload/contract/inspector.ts'
import { createLatest } from '../../../state/latest.ts'
import { useLatentStore } from '../../../use-latent.ts'
import type { Cell } from '../picture/crop-maths.ts'

interface Question {
  readonly session: string
  readonly kernel: number
  readonly x: number
  readonly y: number
}

/** The last answer for this kernel, also while the next one is on its way. */
export function useKernelReading(
  session: string,
  kernel: number,
  { x, y }: Cell,
): KernelReading | null {
  const store = useLatentStore()
  const [answer, setAnswer] = useState<(Question & { reading: KernelReading }) | null>(null)
  const [latest] = useState(() =>
    createLatest<Question>(async (question) => {
      const result = await store.getState().readKernelPoint(question)
      if (result.ok) setAnswer({ ...question, reading: result.value })
    }),
  )
  useEffect(() => latest.ask({ session, kernel, x, y }), [latest, session, kernel, x, y])
  const fits = answer !== null && answer.session === session && answer.kernel === kernel
  return fits ? answer.reading : null
}
