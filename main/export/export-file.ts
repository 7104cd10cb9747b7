// Files that the Inspector saves: pictures and tensors that say what they show and where from.
import { basename, extname } from 'node:path'
import type { ExportRequest } from '../../preload/contract/inspector-inputs.ts'
import type { Inspector } from '../inspect/inspector.ts'
import type { NetworkSpec } from '../inspect/protocol.ts'
import { npyOf } from './npy.ts'
import { withNotes } from './png-text.ts'

export interface ExportedFile {
  /** To suggest: photo, network and what it shows. */
  readonly name: string
  readonly extension: 'png' | 'npy'
  readonly contents: Uint8Array
}

/**
 * A PNG carries photo, network and title as notes; a .npy has no room for them, so its name does.
 *
 * @throws CallError when the photo or layer is gone, Error when the picture is no PNG
 */
export async function exportFile(
  inspector: Inspector,
  network: NetworkSpec,
  request: ExportRequest,
): Promise<ExportedFile> {
  const photo = inspector.subject(request.session).name
  if (request.kind === 'picture') {
    return {
      name: fileName(photo, network.id, request.title, 'png'),
      extension: 'png',
      contents: withNotes(request.png, pictureNotes(photo, network, request.title)),
    }
  }
  const { layer, channel, session } = request
  const { data, dims } = await inspector.tensor(session, layer, channel)
  const title = channel === undefined ? layer : `${layer} channel ${channel}`
  return {
    name: fileName(photo, network.id, title, 'npy'),
    extension: 'npy',
    contents: npyOf(data, dims),
  }
}

/** What a picture says of itself. */
export const pictureNotes = (
  photo: string,
  network: NetworkSpec,
  title: string,
): Readonly<Record<string, string>> => ({
  Title: title,
  Source: photo,
  Comment: `Network ${network.id}`,
  Software: 'Latent',
})

/** Free of what file systems forbid: "beach - inception-v3 - Mixed_5b channel 17.png". */
export function fileName(photo: string, network: string, title: string, ending: string): string {
  const stem = basename(photo, extname(photo)).slice(0, 80)
  const name = [stem, network, title].join(' - ').replace(/[\\/:*?"<>|\p{Cc}]+/gu, '_')
  return `${name.slice(0, 200)}.${ending}`
}
