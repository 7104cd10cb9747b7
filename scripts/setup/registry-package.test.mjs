import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile } from 'node:fs/promises'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { fetchRegistryPackage } from './registry-package.mjs'

const tarball = randomBytes(50_000)
const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`
const pinned = { name: '@latent-test/carrier', version: '1.2.3', integrity }
let server
let where
let downloads
let refuse
let registryBefore

/** A registry with one package. Plain downloads can be refused, as by one that wants a login. */
beforeEach(async () => {
  const dir = await mkdtemp(join(tmpdir(), 'latent-registry-'))
  where = { cacheDir: join(dir, 'cache'), repoDir: dir }
  downloads = 0
  refuse = false
  server = http.createServer((request, response) => {
    const base = `http://127.0.0.1:${server.address().port}`
    if (request.url === '/carrier.tgz') {
      downloads += 1
      const isNpm = request.headers['user-agent']?.startsWith('npm/')
      if (refuse && !isNpm) response.writeHead(401).end()
      else response.end(tarball)
    } else if (decodeURIComponent(request.url) === `/${pinned.name}`) {
      const dist = { tarball: `${base}/carrier.tgz`, integrity }
      const { name, version } = pinned
      const versions = { [version]: { name, version, dist } }
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }))
    } else response.writeHead(404).end('{}')
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  registryBefore = process.env.npm_config_registry
  process.env.npm_config_registry = `http://127.0.0.1:${server.address().port}/`
})
afterEach(() => {
  server.close()
  if (registryBefore === undefined) delete process.env.npm_config_registry
  else process.env.npm_config_registry = registryBefore
})

it('fetches a pinned package from the registry that npm uses, once', async () => {
  const file = await fetchRegistryPackage(pinned, where)
  expect(await readFile(file)).toEqual(tarball)
  expect(await fetchRegistryPackage(pinned, where)).toBe(file)
  expect(downloads).toBe(1)
})

it('goes through npm itself where a plain download is refused', async () => {
  refuse = true
  const file = await fetchRegistryPackage(pinned, where)
  expect(await readFile(file)).toEqual(tarball)
})

it('refuses another file under the same name', async () => {
  const other = { ...pinned, integrity: `sha512-${Buffer.alloc(64).toString('base64')}` }
  await expect(fetchRegistryPackage(other, where)).rejects.toThrow('not the one Latent was tested')
})

it('says so when the registry does not have it', async () => {
  const missing = { ...pinned, name: '@latent-test/missing' }
  await expect(fetchRegistryPackage(missing, where)).rejects.toThrow('does not offer')
})
