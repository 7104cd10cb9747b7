// Serves the window's own files and pictures by id under app://bundle; nothing else is reachable.
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { Readable } from 'node:stream'
import { protocol } from 'electron'
import type { ActivationAtlases } from '../activation-atlas/activation-atlases.ts'
import { forFs } from '../engine/os-path.ts'
import type { Dreams } from '../inspect/dreams.ts'
import type { Inspectors } from '../inspect/inspectors.ts'
import type { CurrentModel } from './current-model.ts'
import type { Workspace } from './workspace.ts'

export const appOrigin = 'app://bundle'

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Formats that Chromium shows by itself, orientation and colour profile included. */
const shownByBrowser: Readonly<Record<string, string>> = {
  JPEG: 'image/jpeg',
  PNG: 'image/png',
  WebP: 'image/webp',
  GIF: 'image/gif',
  AVIF: 'image/avif',
}

/** Longest side of a picture made for the preview of any other format. */
const renderedSidePx = 4096

/** Call before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
    },
  ])
}

export interface Served {
  readonly workspace: Workspace
  readonly current: CurrentModel
  readonly inspectors: Inspectors
  readonly dreams: Dreams
  /** The photo that models are tried on. */
  readonly examplePath: string
  readonly atlases: ActivationAtlases
}

export function serveApp(rendererFolder: string, served: Served): void {
  const { workspace, current, inspectors, dreams, examplePath, atlases } = served
  protocol.handle('app', async (request) => {
    const url = new URL(request.url)
    if (url.host !== 'bundle' || request.method !== 'GET') return notFound()
    const [, kind = '', id = '', part = ''] = url.pathname.split('/')
    switch (kind) {
      case 'thumb':
        return jpegOrNothing(await workspace.current?.photos.thumbnail(Number(id)))
      case 'inspection':
        return jpegOrNothing(workspace.inspectionThumbnail(id))
      case 'photo':
        return photo(workspace, current, Number(id))
      case 'inspected':
        return answerOr404(async () => {
          const session = decodeURIComponent(id)
          return jpegOrNothing(await inspectors.holding(session).photo(session))
        })
      case 'activations':
        return answerOr404(async () => {
          const session = decodeURIComponent(id)
          const inspector = inspectors.holding(session)
          const { bytes } = await inspector.layer(session, decodeURIComponent(part))
          return fileOf(bytes, 'application/octet-stream')
        })
      case 'example':
        return answerOr404(async () => jpegOrNothing(await readFile(examplePath)))
      case 'dream':
        return pngOrNothing(dreams.picture(id))
      case 'activation-atlas':
        return jpegOrNothing(await atlases.sheet(id, Number(part)))
      case 'cell-dream':
        return pngOrNothing(await atlases.dreamOf(id, part))
      default:
        return bundledFile(rendererFolder, url.pathname)
    }
  })
}

async function photo(
  workspace: Workspace,
  { engine }: CurrentModel,
  id: number,
): Promise<Response> {
  const found = await workspace.current?.photos.photo(id)
  if (found === undefined) return notFound()
  const type = shownByBrowser[found.format]
  try {
    if (type !== undefined && found.status === 'ok') {
      const path = forFs(found.path)
      const { size } = await stat(path)
      const body = Readable.toWeb(createReadStream(path)) as ReadableStream
      return new Response(body, {
        headers: { 'content-type': type, 'content-length': String(size) },
      })
    }
    const jpeg = await engine.render({ kind: 'file', path: found.path }, renderedSidePx)
    return jpegOrNothing(jpeg)
  } catch {
    // The preview falls back to the thumbnail and says so.
    return notFound()
  }
}

async function bundledFile(folder: string, pathname: string): Promise<Response> {
  const relative = normalize(decodeURIComponent(pathname === '/' ? '/index.html' : pathname))
  const path = join(folder, relative)
  if (!path.startsWith(folder + sep)) return notFound()
  try {
    const type = contentTypes[extname(path)] ?? 'application/octet-stream'
    return new Response(new Uint8Array(await readFile(path)), {
      headers: {
        'content-type': type,
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
      },
    })
  } catch {
    return notFound()
  }
}

const jpegOrNothing = (jpeg: Uint8Array | undefined): Response =>
  jpeg === undefined ? notFound() : fileOf(jpeg, 'image/jpeg')

const pngOrNothing = (png: Uint8Array | undefined): Response =>
  png === undefined ? notFound() : fileOf(png, 'image/png')

const fileOf = (bytes: Uint8Array, type: string): Response =>
  new Response(new Uint8Array(bytes), {
    headers: { 'content-type': type, 'cache-control': 'max-age=3600' },
  })

/** What is no longer open cannot be shown; the window asks through requests for the reason. */
async function answerOr404(answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer()
  } catch {
    return notFound()
  }
}

const notFound = (): Response => new Response(null, { status: 404 })
