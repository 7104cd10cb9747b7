// Addresses of the images that main serves on the app's own origin.

interface Picture {
  readonly id: number
  readonly status: string
  readonly widthPx?: number
  readonly heightPx?: number
}

/**
 * Ids are unique within a library only and a retried photo may look different, so both go into
 * the address: the browser's cache then never shows the wrong picture.
 */
const version = (libraryId: string, photo: Picture): string =>
  `${libraryId.slice(0, 8)}-${photo.status}-${photo.widthPx ?? 0}x${photo.heightPx ?? 0}`

export const thumbUrl = (libraryId: string, photo: Picture): string =>
  `/thumb/${photo.id}?v=${version(libraryId, photo)}`

export const photoUrl = (libraryId: string, photo: Picture): string =>
  `/photo/${photo.id}?v=${version(libraryId, photo)}`

export const inspectionUrl = (inspectionId: string): string =>
  `/inspection/${encodeURIComponent(inspectionId)}`
