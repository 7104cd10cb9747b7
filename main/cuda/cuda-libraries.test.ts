import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeFileAt } from '../fetch/download-file.ts'
import { sendFrom } from '../fetch/testing/file-server.ts'
import { CudaLibraries } from './cuda-libraries.ts'
import { cudaPackage, library } from './testing/cuda-package.ts'
import { type NugetServer, type NugetServerOptions, serveNuget } from './testing/nuget-server.ts'

const name = 'Microsoft.ML.OnnxRuntime.Gpu.Linux'
const version = '1.30.0'
const plenty = async (): Promise<number> => 2 ** 40

let home: string
let server: NugetServer | undefined
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'latent-cuda-'))
  await mkdir(join(home, 'own'))
  await writeFile(join(home, 'own', 'libonnxruntime.so.1'), 'core')
})
afterEach(async () => {
  await server?.close()
  server = undefined
  await rm(home, { recursive: true })
})

const states: string[] = []
async function librariesFrom(
  options: Partial<NugetServerOptions> = {},
  freeBytes = plenty,
): Promise<CudaLibraries> {
  await server?.close()
  server = await serveNuget({ name, version, package: cudaPackage(), ...options })
  states.length = 0
  return CudaLibraries.open({
    wanted: { indexUrl: server.indexUrl, name, version },
    folder: join(home, 'onnxruntime', version),
    ownFolder: join(home, 'own'),
    downloadsFolder: join(home, 'downloads'),
    inheritedLibraryPath: '/opt/cuda/lib64',
    freeBytes,
    write: writeFileAt,
    limits: { answerTimeoutMs: 300, stallTimeoutMs: 300, attempts: 2, pauseMs: 1 },
    onChange: ({ state }) => {
      if (states.at(-1) !== state) states.push(state)
    },
  })
}
const below = (folder: string): Promise<string[]> => readdir(join(home, folder)).catch(() => [])

describe('the CUDA libraries', () => {
  it('are asked for without being fetched, then fetched, checked and put in place', async () => {
    const cuda = await librariesFrom()
    expect(server?.asked).toEqual([])
    expect(cuda.environment).toEqual({})
    await cuda.ask()
    expect(cuda.status).toMatchObject({ state: 'offered', bytes: cudaPackage().length })
    expect(server?.ranges).toEqual([])
    await cuda.download()
    expect(states).toEqual(['none', 'asking', 'offered', 'running', 'unpacking', 'installed'])
    const folder = join(home, 'onnxruntime', version)
    expect((await readdir(folder)).toSorted()).toEqual([
      'libonnxruntime.so.1',
      'libonnxruntime_providers_cuda.so',
      'libonnxruntime_providers_shared.so',
    ])
    const written = await readFile(join(folder, 'libonnxruntime_providers_cuda.so'))
    expect(written.equals(library('cuda'.repeat(500)))).toBe(true)
    expect(await below('downloads')).toEqual([])
    expect(cuda.environment).toEqual({ LD_LIBRARY_PATH: `${folder}:/opt/cuda/lib64` })
    expect(await readlink(join(folder, 'libonnxruntime.so.1'))).toBe(
      join(home, 'own', 'libonnxruntime.so.1'),
    )
  })

  it('are found at the next start without asking anybody, and can be removed', async () => {
    await (await librariesFrom()).download()
    const cuda = await librariesFrom()
    expect(cuda.status.state).toBe('installed')
    expect(server?.asked).toEqual([])
    await cuda.remove()
    expect(cuda.status).toMatchObject({ state: 'none', doneBytes: 0 })
    expect(cuda.environment).toEqual({})
    expect(await below('onnxruntime')).toEqual([])
  })

  it('go on where the connection was cut', async () => {
    const cuda = await librariesFrom({
      misbehave: (request, response, asked) => {
        if (request > 0) return false
        sendFrom(cudaPackage(), asked, response, 1_000)
        return true
      },
    })
    await cuda.download()
    expect(cuda.status.state).toBe('installed')
    expect(server?.ranges).toEqual(['', 'bytes=1000-'])
  })

  it('go on after a pause and another start of the program', async () => {
    const first = await librariesFrom({
      misbehave: (_request, response) => {
        response.writeHead(200, { 'content-length': cudaPackage().length })
        response.write(cudaPackage().subarray(0, 700))
        return true
      },
    })
    const running = first.download()
    await expect.poll(() => first.status.doneBytes).toBe(700)
    await first.pause()
    await running
    expect(first.status).toMatchObject({ state: 'paused', doneBytes: 700 })
    const later = await librariesFrom()
    expect(later.status).toMatchObject({ state: 'paused', doneBytes: 700 })
    await later.download()
    expect(later.status.state).toBe('installed')
    expect(server?.ranges).toEqual(['bytes=700-'])
  })
})

describe('nothing is put in place', () => {
  const failsWith = async (
    reason: RegExp,
    options: Partial<NugetServerOptions>,
    freeBytes = plenty,
  ): Promise<void> => {
    const cuda = await librariesFrom(options, freeBytes)
    await cuda.download()
    expect(cuda.status.state).toBe('failed')
    expect(cuda.status.reason).toMatch(reason)
    expect(await below('onnxruntime')).toEqual([])
    expect(cuda.environment).toEqual({})
  }

  it('when the package hashes to something else', async () => {
    const packageHash = Buffer.alloc(64, 7).toString('base64')
    await failsWith(/sent another file/, { leaf: { packageHash } })
    expect(await below('downloads')).toEqual([])
  })

  it('when there is no room, before anything is fetched', async () => {
    await failsWith(/not enough room/, {}, async () => 10_000)
    expect(server?.ranges).toEqual([])
  })

  it('when there is no room for what is unpacked', async () => {
    const zip = cudaPackage()
    let asked = 0
    await failsWith(/not enough room for libonnx/, { package: zip }, async () =>
      asked++ === 0 ? 2 ** 40 : 100,
    )
    expect(await below('downloads')).toEqual([])
  })

  it('when the package is no zip file, or lacks a library', async () => {
    await failsWith(/no zip file/, { package: Buffer.alloc(5_000, 1) })
    await failsWith(/has no libonnxruntime_providers_cuda/, {
      package: cudaPackage(library('x'), 'other.so'),
    })
  })

  it('when a library is none for this system', async () => {
    await failsWith(/no library for Linux/, { package: cudaPackage(Buffer.alloc(100, 0x4d)) })
    const arm = 183
    await failsWith(/no library for Linux/, { package: cudaPackage(library('arm', arm)) })
  })

  it('when the catalogue tells of another package, or gives no proper hash', async () => {
    await failsWith(/instead of/, { leaf: { version: '1.29.0' } })
    await failsWith(/no SHA-512/, { leaf: { packageHash: 'c2hvcnQ=' } })
    await failsWith(/no NuGet server gives/, { leaf: { packageHashAlgorithm: 'MD5' } })
    await failsWith(/no NuGet server gives/, { leaf: { packageSize: 2 ** 40 } })
  })

  it('when the server does not have the version, or is not there', async () => {
    await failsWith(/answered 404/, { version: '1.0.0' })
    const cuda = await librariesFrom()
    await server?.close()
    await cuda.ask()
    expect(cuda.status.reason).toMatch(/cannot be reached/)
  })
})
