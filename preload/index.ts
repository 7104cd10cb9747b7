// The only bridge between the window and the app: checked requests, events, and dropped files.
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { DropOutcome, LatentApi } from './contract/api.ts'
import { fail } from './contract/errors.ts'
import { eventNames } from './contract/events.ts'
import type { RequestName, RequestResult } from './contract/requests.ts'
import { pathRequests, requests } from './contract/requests.ts'

async function invoke<Name extends RequestName>(
  name: Name,
  input: unknown,
): Promise<RequestResult<Name>> {
  try {
    // Main answers every request of the contract with its Result.
    return (await ipcRenderer.invoke(name, input)) as RequestResult<Name>
  } catch (error) {
    return fail('internal', error instanceof Error ? error.message : String(error))
  }
}

const isOpen = (name: string): boolean =>
  Object.hasOwn(requests, name) && !(pathRequests as readonly string[]).includes(name)

/** Pasted images and pictures dragged out of other programs are files without a path. */
async function drop(files: readonly File[]): Promise<DropOutcome> {
  const withPaths = files.map((file) => ({ file, path: webUtils.getPathForFile(file) }))
  for (const { file, path } of withPaths) {
    if (path === '') continue
    const kind = await invoke('inspect:kind', { path })
    if (kind.ok && kind.value === 'folder') {
      return { kind: 'library', result: await invoke('library:open-path', { path }) }
    }
    if (kind.ok && kind.value === 'model') {
      return { kind: 'model', name: file.name, answer: invoke('models:try-path', { path }) }
    }
  }
  return {
    kind: 'inspections',
    pending: withPaths.map(({ file, path }) => ({
      name: file.name,
      inspection: path === '' ? inspectContent(file) : invoke('inspect:path', { path }),
    })),
  }
}

async function inspectContent(file: File): Promise<RequestResult<'inspect:bytes'>> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  return invoke('inspect:bytes', { name: file.name || 'Pasted image', bytes })
}

const api: LatentApi = {
  invoke: (name, ...input) =>
    isOpen(name)
      ? invoke(name, input[0])
      : Promise.resolve(fail('bad-request', `Expected a known request but received ${name}`)),
  on: (name, listener) => {
    if (!(eventNames as readonly string[]).includes(name)) return () => {}
    const forward = (_event: unknown, payload: Parameters<typeof listener>[0]): void =>
      listener(payload)
    ipcRenderer.on(name, forward)
    return () => void ipcRenderer.removeListener(name, forward)
  },
  drop,
}

contextBridge.exposeInMainWorld('api', api)
