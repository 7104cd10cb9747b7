import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { sourcesStamp } from './build.mjs'

let dir
let stamp
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'latent-build-'))
  await mkdir(join(dir, 'main', 'deep'), { recursive: true })
  await mkdir(join(dir, 'models', 'installed'), { recursive: true })
  await writeFile(join(dir, 'main', 'deep', 'a.ts'), 'a')
  await writeFile(join(dir, 'main', 'b.ts'), 'b')
  stamp = await take()
})

const take = () => sourcesStamp(dir, ['main', 'models', 'absent.json'])

it('stays the same while nothing changes', async () => {
  expect(await take()).toBe(stamp)
})

it('changes with an edit, a new file and a deleted one', async () => {
  await utimes(join(dir, 'main', 'deep', 'a.ts'), 1, 1)
  const edited = await take()
  await writeFile(join(dir, 'main', 'c.ts'), 'c')
  const added = await take()
  await rm(join(dir, 'main', 'b.ts'))
  const removed = await take()
  expect(new Set([stamp, edited, added, removed]).size).toBe(4)
})

it('does not care for tests and installed models', async () => {
  await writeFile(join(dir, 'main', 'b.test.ts'), 'test')
  await writeFile(join(dir, 'models', 'installed', 'model.onnx'), 'weights')
  expect(await take()).toBe(stamp)
})
