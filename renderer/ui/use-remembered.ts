// A choice of the window that outlives it: how a view is arranged, never what the person owns.
import { useState } from 'react'
import { remember, remembered } from '../state/remembered.ts'

/** One of `values`, the first of them until something else was chosen. */
export function useRemembered<Value extends string>(
  key: string,
  values: readonly [Value, ...Value[]],
): [Value, (value: Value) => void] {
  const [value, setValue] = useState(() => {
    const stored = remembered(key)
    return values.find((known) => known === stored) ?? values[0]
  })
  return [
    value,
    (next) => {
      setValue(next)
      remember(key, next)
    },
  ]
}

/** A number within a range. */
export function useRememberedNumber(
  key: string,
  range: { readonly min: number; readonly max: number; readonly initial: number },
): [number, (value: number) => void] {
  const [value, setValue] = useState(() => {
    const stored = Number(remembered(key) ?? Number.NaN)
    return stored >= range.min && stored <= range.max ? stored : range.initial
  })
  return [
    value,
    (next) => {
      setValue(next)
      remember(key, String(next))
    },
  ]
}
