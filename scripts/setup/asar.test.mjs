import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractFile, listPackage } from '@electron/asar'
import { expect, it } from 'vitest'
import { writeAsar } from './asar.mjs'

it('writes archives that the reference implementation reads', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'latent-asar-')), 'test.asar')
  await writeAsar(file, { 'package.json': '{}', 'main.mjs': 'const é = 1' })
  expect(listPackage(file)).toEqual([join('/package.json'), join('/main.mjs')])
  expect(extractFile(file, 'main.mjs').toString()).toBe('const é = 1')
})
