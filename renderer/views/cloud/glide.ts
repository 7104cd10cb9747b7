// How long the eye and the points take to move: no time at all for those who ask for less motion.

const glideMs = 600

export const motionMs = (wantedMs: number = glideMs): number =>
  matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : wantedMs
