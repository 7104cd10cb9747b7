import { homedir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { cacheDir } from './cache-dir.mjs'

it('follows each system’s custom, and our own variable first', () => {
  expect(cacheDir({}, 'linux')).toBe(join(homedir(), '.cache', 'latent'))
  expect(cacheDir({ XDG_CACHE_HOME: '/x' }, 'linux')).toBe(join('/x', 'latent'))
  expect(cacheDir({}, 'darwin')).toBe(join(homedir(), 'Library', 'Caches', 'latent'))
  expect(cacheDir({ LOCALAPPDATA: '/l' }, 'win32')).toBe(join('/l', 'latent'))
  expect(cacheDir({ LATENT_CACHE_DIR: '/mine', XDG_CACHE_HOME: '/x' }, 'linux')).toBe('/mine')
})
