// Options of benchmarks that are whole numbers.

/** @throws Error with a sentence when it is not a whole number from `least` up */
export function numberOption(name: string, text: string, least = 1): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < least) {
    throw new Error(`Expected --${name} to be a whole number from ${least} but received ${text}.`)
  }
  return value
}
