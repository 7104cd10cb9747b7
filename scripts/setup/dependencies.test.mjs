import { expect, it } from 'vitest'
import { sameInstall } from './dependencies.mjs'

const lock = {
  '': { name: 'latent' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/b-win32': { version: '1.0.0', integrity: 'sha512-b', optional: true },
}
const installed = { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } }

it('is content with what the lock file names, optional packages aside', () => {
  expect(sameInstall(lock, installed)).toBe(true)
})

it('notices a missing, a changed and a left-over package', () => {
  expect(sameInstall(lock, {})).toBe(false)
  const changed = { 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a2' } }
  expect(sameInstall(lock, changed)).toBe(false)
  expect(sameInstall(lock, { ...installed, 'node_modules/gone': { version: '1.0.0' } })).toBe(false)
})
