// How wide points are: together they cover the same part of the view whatever their number.

/** Shares of the cloud's disc that dots and photos would cover if none hid another. */
const dotsCover = 0.35
const photosCover = 0.85
/** A handful of photos would be giants. */
const fewest = 40

const widthToCover = (share: number, radius: number, points: number): number =>
  radius * Math.sqrt((share * Math.PI) / Math.max(fewest, points))

export const dotUnits = (radius: number, points: number): number =>
  widthToCover(dotsCover, radius, points)

export const photoUnits = (radius: number, points: number): number =>
  widthToCover(photosCover, radius, points)
