import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeOfficialRuntime, officialIsReachable } from './electron-official.mjs'
import { makeZip } from './test-zip.mjs'

const archive = makeZip([{ name: 'electron', content: 'runtime', mode: 0o100755 }])
const path = `/v99.0.0/electron-v99.0.0-${process.platform}-${process.arch}.zip`
let where
let server
let env
beforeEach(async () => {
  const dir = await mkdtemp(join(tmpdir(), 'latent-official-'))
  where = { cacheDir: join(dir, 'cache'), repoDir: dir }
  server = http.createServer((request, response) => {
    if (request.url === path) response.end(archive)
    else response.writeHead(404).end()
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  env = { ELECTRON_MIRROR: `http://127.0.0.1:${server.address().port}` }
})
afterEach(() => server.close())

async function pin(version, sha256) {
  const dir = join(where.repoDir, 'node_modules', 'electron')
  await mkdir(dir, { recursive: true })
  await writeFile(join(dir, 'package.json'), JSON.stringify({ version }))
  const name = `electron-v${version}-${process.platform}-${process.arch}.zip`
  await writeFile(join(dir, 'checksums.json'), JSON.stringify({ [name]: sha256 }))
}

it('knows in seconds whether the release can be had', async () => {
  await pin('99.0.0', '')
  expect(await officialIsReachable(where.repoDir, env)).toBe(true)
  await pin('98.0.0', '')
  expect(await officialIsReachable(where.repoDir, env)).toBe(false)
  const nowhere = { ELECTRON_MIRROR: 'http://127.0.0.1:9/' }
  expect(await officialIsReachable(where.repoDir, nowhere)).toBe(false)
})

it('unpacks the release that the electron package pins', async () => {
  await pin('99.0.0', createHash('sha256').update(archive).digest('hex'))
  const dest = join(where.cacheDir, 'made')
  await makeOfficialRuntime(dest, where, env)
  expect(await readFile(join(dest, 'electron'), 'utf8')).toBe('runtime')
})

it('refuses any other file', async () => {
  await pin('99.0.0', '0'.repeat(64))
  const made = makeOfficialRuntime(join(where.cacheDir, 'made'), where, env)
  await expect(made).rejects.toThrow('not the one that was released')
})
