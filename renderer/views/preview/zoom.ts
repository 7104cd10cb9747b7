// The arithmetic of looking closer: where an image lies on the stage at which scale.

export interface Size {
  readonly widthPx: number
  readonly heightPx: number
}

export interface Point {
  readonly xPx: number
  readonly yPx: number
}

/** `scale` is CSS pixels per image pixel; `xPx`, `yPx` is the image's top left on the stage. */
export interface ZoomView extends Point {
  readonly scale: number
}

export const fitScale = (stage: Size, image: Size): number =>
  Math.min(stage.widthPx / image.widthPx, stage.heightPx / image.heightPx)

/** From fit, or 1:1 where that is smaller, up to eight screen pixels per image pixel. */
export function scaleLimits(stage: Size, image: Size, pixelRatio: number): [number, number] {
  const fit = fitScale(stage, image)
  return [Math.min(fit, 1 / pixelRatio), Math.max(fit, 8 / pixelRatio)]
}

/** Keeps the stage filled where the image is larger than it, and centres it where it is smaller. */
export function settle(view: ZoomView, stage: Size, image: Size): ZoomView {
  const along = (offsetPx: number, stagePx: number, imagePx: number): number => {
    const sizePx = imagePx * view.scale
    return sizePx <= stagePx
      ? (stagePx - sizePx) / 2
      : Math.min(0, Math.max(stagePx - sizePx, offsetPx))
  }
  return {
    scale: view.scale,
    xPx: along(view.xPx, stage.widthPx, image.widthPx),
    yPx: along(view.yPx, stage.heightPx, image.heightPx),
  }
}

export const fitView = (stage: Size, image: Size): ZoomView =>
  settle({ scale: fitScale(stage, image), xPx: 0, yPx: 0 }, stage, image)

/** The view at another scale with the image pixel under `point` kept where it is. */
export function zoomAround(
  view: ZoomView,
  scale: number,
  point: Point,
  stage: Size,
  image: Size,
): ZoomView {
  const factor = scale / view.scale
  const moved = {
    scale,
    xPx: point.xPx - (point.xPx - view.xPx) * factor,
    yPx: point.yPx - (point.yPx - view.yPx) * factor,
  }
  return settle(moved, stage, image)
}
