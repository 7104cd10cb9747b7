import http from 'node:http'
import net from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, it } from 'vitest'
import { httpGet, proxyFor } from './http-get.mjs'

const servers = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function listen(server) {
  servers.push(server)
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${server.address().port}`
}

it('follows redirects to the last answer', async () => {
  const url = await listen(
    http.createServer((request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: '/b' }).end()
      else response.end('arrived')
    }),
  )
  const response = await httpGet(`${url}/a`, { timeoutMs: 1000, env: {} })
  expect(await text(response)).toBe('arrived')
})

it('gives up on a redirect that leads to itself', async () => {
  const url = await listen(
    http.createServer((_, response) => response.writeHead(302, { location: '/' }).end()),
  )
  await expect(httpGet(url, { timeoutMs: 1000, env: {} })).rejects.toThrow('redirects')
})

it('gives up on a server that never answers', async () => {
  const silent = http.createServer(() => {})
  const url = await listen(silent)
  await expect(httpGet(url, { timeoutMs: 50, env: {} })).rejects.toThrow('no answer')
  silent.closeAllConnections()
})

it('goes through the proxy that the environment names', async () => {
  const url = await listen(http.createServer((_, response) => response.end('through')))
  let asked
  const proxy = http.createServer().on('connect', (request, socket) => {
    asked = request.url
    const [host, port] = request.url.split(':')
    const target = net.connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      target.pipe(socket).pipe(target)
    })
    socket.on('error', () => target.destroy())
  })
  const response = await httpGet(url, { timeoutMs: 1000, env: { http_proxy: await listen(proxy) } })
  expect(await text(response)).toBe('through')
  expect(asked).toBe(new URL(url).host)
})

it('spares the hosts that no_proxy names', () => {
  const env = { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'internal.example, .local' }
  expect(proxyFor(new URL('https://a.example/'), env)?.host).toBe('proxy:3128')
  expect(proxyFor(new URL('https://npm.internal.example/'), env)).toBeUndefined()
  expect(proxyFor(new URL('https://box.local/'), env)).toBeUndefined()
  expect(proxyFor(new URL('https://a.example/'), {})).toBeUndefined()
})
