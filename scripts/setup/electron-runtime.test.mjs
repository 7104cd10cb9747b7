import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, expect, it, vi } from 'vitest'
import { executableIn } from './electron-official.mjs'
import { ensureElectronRuntime } from './electron-runtime.mjs'

let where
let sources
beforeEach(async () => {
  const dir = await mkdtemp(join(tmpdir(), 'latent-runtime-'))
  where = { cacheDir: join(dir, 'cache'), repoDir: dir }
  await mkdir(join(dir, 'node_modules', 'electron'), { recursive: true })
  const manifest = join(dir, 'node_modules', 'electron', 'package.json')
  await writeFile(manifest, JSON.stringify({ version: '99.0.0' }))
  const make = async (destDir) => {
    await mkdir(dirname(executableIn(destDir)), { recursive: true })
    await writeFile(executableIn(destDir), 'runtime')
  }
  sources = {
    isReachable: vi.fn(async () => false),
    makeOfficial: vi.fn(make),
    makeFallback: vi.fn(make),
  }
})

const ensure = (env = {}) => ensureElectronRuntime(where, env, sources)

it('takes the official release where it can be had, and makes it once', async () => {
  sources.isReachable.mockResolvedValue(true)
  expect(await ensure()).toMatchObject({ source: 'official', version: '99.0.0' })
  expect(await ensure()).toMatchObject({ source: 'official' })
  expect(sources.makeOfficial).toHaveBeenCalledTimes(1)
})

it('falls back where it cannot, and does not ask again', async () => {
  expect(await ensure()).toMatchObject({ source: 'fallback', version: '33.2.1' })
  expect(await ensure()).toMatchObject({ source: 'fallback' })
  expect(sources.isReachable).toHaveBeenCalledTimes(1)
  expect(sources.makeFallback).toHaveBeenCalledTimes(1)
})

it('can be told which one', async () => {
  expect(await ensure({ LATENT_ELECTRON_RUNTIME: 'official' })).toMatchObject({
    source: 'official',
  })
  expect(await ensure({ LATENT_ELECTRON_RUNTIME: 'fallback' })).toMatchObject({
    source: 'fallback',
  })
  expect(sources.isReachable).not.toHaveBeenCalled()
  await expect(ensure({ LATENT_ELECTRON_RUNTIME: 'both' })).rejects.toThrow('both')
})

it('leaves nothing behind when making one fails', async () => {
  sources.makeFallback.mockRejectedValueOnce(new Error('cut'))
  await expect(ensure()).rejects.toThrow('cut')
  expect(await readdir(join(where.cacheDir, 'electron'))).toEqual([])
  expect(await ensure()).toMatchObject({ source: 'fallback' })
})
