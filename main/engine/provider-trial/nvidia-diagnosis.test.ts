import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compareVersions, nvidiaDiagnosis } from './nvidia-diagnosis.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'latent-nvidia-'))
})
afterEach(() => rm(root, { recursive: true }))

async function put(path: string, text = ''): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}
const diagnose = (env: Record<string, string> = {}, hasRuntimeLibraries = false) =>
  nvidiaDiagnosis({ root, env }, hasRuntimeLibraries)
const driver = (version: string) =>
  Promise.all([
    put('proc/driver/nvidia/gpus/0/information', 'Model: NVIDIA T4\n'),
    put('proc/driver/nvidia/version', `NVIDIA UNIX x86_64 Kernel Module  ${version}  Sun\n`),
  ])

describe('nvidiaDiagnosis', () => {
  it('names all that is missing on a bare system', async () => {
    const { device, libraries, hasRuntimeLibraries, steps } = await diagnose()
    expect(device).toBeNull()
    expect(libraries.some(({ isThere }) => isThere)).toBe(false)
    expect(hasRuntimeLibraries).toBe(false)
    expect(steps).toHaveLength(4)
    expect(steps[0]).toContain('No NVIDIA device')
    expect(steps[2]).toBe('cuDNN 9 is not complete: libcudnn.so.9 was not found.')
  })

  it('finds libraries in the cache of the loader, in folders, and where it is told', async () => {
    await driver('535.183.01')
    await put('etc/ld.so.cache', 'x\0libcudart.so.12\0/lib/libcudart.so.12\0libcublas.so.12.1\0')
    await put('usr/local/cuda/lib64/libcublas.so.12')
    await put('mine/libcudnn.so.9')
    const { libraries, device } = await diagnose({ LD_LIBRARY_PATH: join(root, 'mine') })
    const there = libraries.filter(({ isThere }) => isThere).map(({ file }) => file)
    expect(there).toEqual(['libcudart.so.12', 'libcublas.so.12', 'libcudnn.so.9'])
    expect(device?.driver).toBe('535.183.01')
  })

  it('asks for nothing when all is there, and for a newer driver when it is old', async () => {
    await driver('535.183.01')
    const files = ['cudart.so.12', 'cublas.so.12', 'cublasLt.so.12', 'cufft.so.11', 'curand.so.10']
    for (const file of [...files, 'cudnn.so.9']) await put(`usr/lib64/lib${file}`)
    expect((await diagnose({}, true)).steps).toEqual([])
    await driver('470.256.02')
    expect((await diagnose({}, true)).steps).toEqual([
      'The driver 470.256.02 is older than 525.60.13, the first one for CUDA 12: update it.',
    ])
  })

  it('says that another CUDA does not do', async () => {
    await driver('580.159.04')
    await put('usr/local/cuda/targets/x86_64-linux/lib/libcudart.so.13')
    const { steps } = await diagnose({}, true)
    expect(steps[0]).toMatch(/^CUDA 12 is not complete: libcudart\.so\.12, .* were not found\./)
    expect(steps[0]).toContain('CUDA 13 is there, but cannot stand in for it.')
  })

  it('compares versions by their numbers', () => {
    expect(compareVersions('525.100', '525.60.13')).toBeGreaterThan(0)
    expect(compareVersions('525.60.13', '525.60.13')).toBe(0)
    expect(compareVersions('99', '525')).toBeLessThan(0)
  })
})
