// One HTTP(S) request on Node's built-ins: follows redirects, honours proxy settings, gives up in time.
import http from 'node:http'
import https from 'node:https'
import tls from 'node:tls'

const MAX_REDIRECTS = 5

/**
 * @typedef {object} RequestOptions
 * @property {'GET' | 'HEAD'} [method]
 * @property {Record<string, string>} [headers]
 * @property {number} timeoutMs longest silence before the answer's headers
 * @property {NodeJS.ProcessEnv} [env]
 */

/**
 * @param {string} url
 * @param {RequestOptions} options
 * @returns {Promise<http.IncomingMessage>} whatever the last server answered, any status
 */
export async function httpGet(url, options) {
  let target = new URL(url)
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const response = await requestOnce(target, options)
    const { location } = response.headers
    const status = response.statusCode ?? 0
    if (status < 300 || status >= 400 || !location) return response
    response.destroy()
    target = new URL(location, target)
  }
  throw new Error(
    `Expected at most ${MAX_REDIRECTS} redirects but received more from ${target.host}`,
  )
}

async function requestOnce(target, { method = 'GET', headers = {}, timeoutMs, env = process.env }) {
  const secure = target.protocol === 'https:'
  const proxy = proxyFor(target, env)
  const through = proxy ? await openTunnel(proxy, target, timeoutMs) : undefined
  const connection = through
    ? {
        agent: false,
        createConnection: () =>
          secure ? tls.connect({ socket: through, servername: target.hostname }) : through,
      }
    : {}
  return new Promise((resolve, reject) => {
    const request = (secure ? https : http).request(target, {
      method,
      headers: { 'user-agent': 'latent-setup', 'accept-encoding': 'identity', ...headers },
      ...connection,
    })
    const timer = setTimeout(
      () => request.destroy(new Error(`no answer from ${target.host} in ${timeoutMs} ms`)),
      timeoutMs,
    )
    request.on('response', (response) => {
      clearTimeout(timer)
      resolve(response)
    })
    request.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    request.end()
  })
}

/**
 * The proxy that the usual environment variables name for this address, if any.
 *
 * @param {URL} target
 * @param {NodeJS.ProcessEnv} env
 */
export function proxyFor(target, env) {
  const either = (name) => env[name] || env[name.toUpperCase()]
  const secure = target.protocol === 'https:'
  const proxy = either(secure ? 'https_proxy' : 'http_proxy') || either('all_proxy')
  if (!proxy?.startsWith('http://')) return undefined
  const exceptions = (either('no_proxy') ?? '').split(',').map((entry) => entry.trim())
  const spared = exceptions.some((entry) => {
    const suffix = entry.replace(/^\*?\.?/, '')
    if (entry === '*') return true
    return suffix && (target.hostname === suffix || target.hostname.endsWith(`.${suffix}`))
  })
  return spared ? undefined : new URL(proxy)
}

function openTunnel(proxy, target, timeoutMs) {
  const port = target.port || (target.protocol === 'https:' ? '443' : '80')
  const login = decodeURIComponent(`${proxy.username}:${proxy.password}`)
  const headers = proxy.username
    ? { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` }
    : {}
  return new Promise((resolve, reject) => {
    const path = `${target.hostname}:${port}`
    const request = http.request({
      host: proxy.hostname,
      port: proxy.port || 80,
      method: 'CONNECT',
      path,
      headers: { host: path, ...headers },
      timeout: timeoutMs,
    })
    request.on('connect', (response, socket) => {
      if (response.statusCode === 200) return resolve(socket)
      socket.destroy()
      reject(new Error(`the proxy answered ${response.statusCode} for ${target.host}`))
    })
    request.on('timeout', () => request.destroy(new Error('no answer from the proxy')))
    request.on('error', reject)
    request.end()
  })
}
