import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { makeAside } from './make-aside.mjs'

let parent
beforeEach(async () => {
  parent = join(await mkdtemp(join(tmpdir(), 'latent-aside-')), 'runtimes')
})

it('puts a finished folder in the place of an older one', async () => {
  for (const text of ['old', 'new']) {
    await makeAside(join(parent, 'a'), (dir) => writeFile(join(dir, 'file'), text))
  }
  expect(await readFile(join(parent, 'a', 'file'), 'utf8')).toBe('new')
})

it('leaves nothing of a failure, nor of a run that was killed', async () => {
  await mkdir(join(parent, 'making-killed'), { recursive: true })
  const failing = makeAside(join(parent, 'a'), () => Promise.reject(new Error('cut')))
  await expect(failing).rejects.toThrow('cut')
  expect(await readdir(parent)).toEqual([])
})
