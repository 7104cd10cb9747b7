import { execFile } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'
import { cudaPackage } from '../main/cuda/testing/cuda-package.ts'
import { type NugetServer, serveNuget } from '../main/cuda/testing/nuget-server.ts'
import { smallNetwork } from '../main/models/testing/small-networks.ts'
import { encodeModel } from '../main/onnx/codec.ts'
import { appFolder, test } from './launch.ts'

test.skip(process.platform !== 'linux' || process.arch !== 'x64', 'a matter of Linux')

const slow = { timeout: 120_000 }
const shared = 'libonnxruntime_providers_shared.so'

async function runtimeVersion(): Promise<string> {
  const path = join(appFolder, 'node_modules', 'onnxruntime-node', 'package.json')
  return (JSON.parse(await readFile(path, 'utf8')) as { version: string }).version
}

let server: NugetServer
test.beforeEach(async () => {
  const name = 'Microsoft.ML.OnnxRuntime.Gpu.Linux'
  server = await serveNuget({ name, version: await runtimeVersion(), package: cudaPackage() })
  process.env.LATENT_NUGET_URL = server.indexUrl
})
test.afterEach(async () => {
  delete process.env.LATENT_NUGET_URL
  await server.close()
})

test('the CUDA libraries are fetched on a click alone, tried, and removed', async ({
  start,
  data,
}) => {
  test.setTimeout(240_000)
  const { page, errors } = await start()
  const status = page.getByTestId('engine-status')
  await expect(status).toHaveAttribute('data-state', 'ready', slow)
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Execution providers…' }).click()
  const panel = page.getByRole('region', { name: 'Execution providers' }).last()
  await panel.getByText('Use an NVIDIA card').click()
  await expect(panel.getByText(/Nothing is fetched before you say so/)).toBeVisible()
  expect(server.asked).toEqual([])
  await panel.getByRole('button', { name: /^Ask 127\.0\.0\.1/ }).click()
  await expect(panel.getByText(/has ONNX Runtime's CUDA libraries/)).toBeVisible()
  expect(server.ranges).toEqual([])
  await panel.getByRole('button', { name: /^Download/ }).click()
  await expect(panel.getByText(/libraries are in place/)).toBeVisible()
  // Every provider is tried anew, CUDA with what is there now.
  await expect(status).not.toHaveAttribute('data-state', 'ready')
  await expect(status).toHaveAttribute('data-state', 'ready', slow)
  expect(await readdir(join(data, 'onnxruntime', await runtimeVersion()))).toContain(shared)
  await panel.getByRole('button', { name: 'Remove the libraries' }).click()
  await expect(panel.getByRole('button', { name: /^Download/ })).toBeVisible()
  expect(await readdir(join(data, 'onnxruntime'))).toEqual([])
  expect(errors).toEqual([])
})

test('ONNX Runtime loads the libraries from where they were put', async ({ folder }) => {
  test.setTimeout(120_000)
  const data = join(folder, 'data')
  const latent = async (...args: string[]) => {
    const { DISPLAY: _none, ...env } = process.env
    return promisify(execFile)(
      process.execPath,
      [join(appFolder, 'scripts', 'latent.mjs'), ...args],
      { env: { ...env, LATENT_DATA_DIR: data } },
    )
  }
  const file = join(folder, 'small.onnx')
  await writeFile(file, encodeModel(smallNetwork()))
  await latent('models', 'import', file, '--yes')

  const asked = await latent('providers', 'enable-cuda')
  expect(JSON.parse(asked.stdout)).toMatchObject({ installed: false })
  expect(server.ranges).toEqual([])
  const fetched = await latent('providers', 'enable-cuda', '--yes')
  expect(JSON.parse(fetched.stdout)).toMatchObject({ installed: true })

  // What the test's server gave is no library, so the system refuses it, by its path.
  const tried = await latent('providers', '--model', 'small')
  const path = join(data, 'onnxruntime', await runtimeVersion(), shared)
  expect(tried.stderr).toContain(path)
  expect(tried.stdout).toContain('"provider":"cuda"')

  await latent('providers', 'disable-cuda')
  const after = await latent('providers', '--model', 'small')
  expect(after.stderr).not.toContain(path)
})
