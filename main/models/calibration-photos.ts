// Which photos a network is quantised on, and on which others it is compared.

export interface CalibrationPhotos {
  readonly calibrationPhotos: readonly string[]
  readonly checkPhotos: readonly string[]
}

/** Fewer would leave nothing to compare on. */
export const leastPhotos = 4

/**
 * Spread evenly over all, so that both see the whole of them; no photo is in both.
 *
 * @throws Error when there are too few
 */
export function calibrationPhotos(
  all: readonly string[],
  calibrate: number,
  check: number,
): CalibrationPhotos {
  if (all.length < leastPhotos) {
    throw new Error(`Expected at least ${leastPhotos} photos but found ${all.length}.`)
  }
  const step = Math.max(1, all.length / (calibrate + check))
  const chosen = Array.from(
    { length: Math.min(calibrate + check, all.length) },
    (_, i) => all[Math.floor(i * step)] ?? '',
  )
  const every = Math.max(2, Math.floor(chosen.length / calibrate))
  const isCalibration = (_path: string, i: number): boolean => i % every === 0
  return {
    calibrationPhotos: chosen.filter(isCalibration).slice(0, calibrate),
    checkPhotos: chosen.filter((path, i) => !isCalibration(path, i)),
  }
}
