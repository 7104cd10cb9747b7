// A thumbnail stretched to the squares that a texture keeps; the card it is drawn on has its shape.

export async function thumbnailLevels(
  picture: ImageBitmap,
  sidePx: number,
  levels: number,
): Promise<readonly ImageBitmap[]> {
  const sides = Array.from({ length: levels }, (_, level) => sidePx >> level)
  return Promise.all(
    sides.map((side) =>
      createImageBitmap(picture, {
        resizeWidth: side,
        resizeHeight: side,
        resizeQuality: 'medium',
      }),
    ),
  )
}
