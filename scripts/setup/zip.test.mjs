import { mkdtemp, readFile, readlink, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { makeZip } from './test-zip.mjs'
import { unzip } from './zip.mjs'

let dir
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'latent-zip-'))
})

async function zipFile(entries) {
  const file = join(dir, 'test.zip')
  await writeFile(file, makeZip(entries))
  return file
}

it.skipIf(process.platform === 'win32')('keeps executable bits and symbolic links', async () => {
  const file = await zipFile([
    { name: 'app/', content: '', mode: 0o40755 },
    { name: 'app/run', content: '#!', mode: 0o100755 },
    { name: 'app/link', content: 'run', mode: 0o120777 },
  ])
  await unzip(file, join(dir, 'out'))
  expect((await stat(join(dir, 'out/app/run'))).mode & 0o777).toBe(0o755)
  expect(await readlink(join(dir, 'out/app/link'))).toBe('run')
})

it('moves and leaves out entries as told', async () => {
  const file = await zipFile([
    { name: 'Old/tool', content: 'tool' },
    { name: 'Old/other', content: 'other' },
  ])
  await unzip(file, join(dir, 'out'), (name) => (name === 'Old/tool' ? 'renamed' : undefined))
  expect(await readFile(join(dir, 'out/renamed'), 'utf8')).toBe('tool')
  await expect(stat(join(dir, 'out/Old'))).rejects.toThrow('ENOENT')
})

it('refuses a name that leads out of the folder', async () => {
  const file = await zipFile([{ name: '../escaped', content: '!' }])
  await expect(unzip(file, join(dir, 'out'))).rejects.toThrow('invalid relative path')
})
