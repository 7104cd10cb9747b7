import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeEach, expect, it } from 'vitest'
import { extractFromTarball } from './tarball.mjs'

let dir
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'latent-tarball-'))
})

function entry(name, content, type = '0', prefix = '') {
  const header = Buffer.alloc(512)
  header.write(name, 0)
  header.write(content.length.toString(8).padStart(11, '0'), 124)
  header.write(type, 156)
  header.write('ustar\0', 257)
  header.write(prefix, 345)
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)])
}

async function tarball(...entries) {
  const file = join(dir, 'test.tgz')
  await writeFile(file, gzipSync(Buffer.concat([...entries, Buffer.alloc(1024)])))
  return file
}

it('takes out the named files, whatever their size, and nothing else', async () => {
  const big = Buffer.alloc(200_000, 'x')
  const file = await tarball(
    entry('package/skipped.txt', Buffer.alloc(70_000, 's')),
    entry('package/big.bin', big),
    entry('package/empty.txt', Buffer.alloc(0)),
    entry('package/block.bin', Buffer.alloc(512, 'b')),
  )
  const names = ['big.bin', 'empty.txt', 'block.bin']
  await extractFromTarball(
    file,
    new Map(names.map((name) => [`package/${name}`, join(dir, 'out', name)])),
  )
  expect(await readFile(join(dir, 'out', 'big.bin'))).toEqual(big)
  expect(await readFile(join(dir, 'out', 'empty.txt'), 'utf8')).toBe('')
  expect(await readFile(join(dir, 'out', 'block.bin'))).toHaveLength(512)
})

it('understands long names, in the prefix field and in a pax header', async () => {
  const path = `package/${'long/'.repeat(30)}name.txt`
  const record = ` path=${path}\n`
  const pax = `${record.length + 3}${record}`
  const file = await tarball(
    entry('PaxHeader', Buffer.from(pax), 'x'),
    entry('shortened', Buffer.from('by pax')),
    entry('name.txt', Buffer.from('by prefix'), '0', 'package/folder'),
  )
  await extractFromTarball(
    file,
    new Map([
      [path, join(dir, 'pax.txt')],
      ['package/folder/name.txt', join(dir, 'prefix.txt')],
    ]),
  )
  expect(await readFile(join(dir, 'pax.txt'), 'utf8')).toBe('by pax')
  expect(await readFile(join(dir, 'prefix.txt'), 'utf8')).toBe('by prefix')
})

it('says which file an archive lacks', async () => {
  const file = await tarball(entry('package/a', Buffer.from('a')))
  const wanted = new Map([['package/b', join(dir, 'b')]])
  await expect(extractFromTarball(file, wanted)).rejects.toThrow('package/b')
})

it('refuses an archive that is cut short', async () => {
  const file = join(dir, 'cut.tgz')
  await writeFile(file, gzipSync(entry('package/a', Buffer.alloc(5000)).subarray(0, 2000)))
  const wanted = new Map([['package/a', join(dir, 'a')]])
  await expect(extractFromTarball(file, wanted)).rejects.toThrow('cut short')
})
