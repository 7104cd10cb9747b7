import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { driverIdentity, graphicsDevice, nvidiaDriverVersion } from './graphics-devices.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'latent-system-'))
})
afterEach(() => rm(root, { recursive: true }))

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}

const version =
  'NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01  Sun May 12 19:39:15 UTC 2024\n'
const openVersion =
  'NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.86.15  Release Build\n'

describe('graphicsDevice', () => {
  it('finds an NVIDIA card and its driver', async () => {
    await put('proc/driver/nvidia/gpus/0000:01:00.0/information', 'Model: \t\t NVIDIA RTX 4070\n')
    await put('proc/driver/nvidia/version', version)
    expect(await graphicsDevice('cuda', { root, env: {} })).toEqual({
      name: 'NVIDIA RTX 4070',
      memoryBytes: null,
      driver: '535.183.01',
      isSoftware: false,
    })
  })

  it('asks nvidia-smi for its memory, and does without', async () => {
    await put('proc/driver/nvidia/gpus/0000:01:00.0/information', 'Model: \t\t NVIDIA H200\n')
    const memoryWhen = async (nvidiaMemory: () => Promise<string>): Promise<unknown> =>
      (await graphicsDevice('cuda', { root, env: {}, nvidiaMemory }))?.memoryBytes
    expect(await memoryWhen(async () => '143771\n24564\n')).toBe(143_771 * 2 ** 20)
    expect(await memoryWhen(async () => '[N/A]\n')).toBeNull()
    expect(await memoryWhen(() => Promise.reject(new Error('ENOENT')))).toBeNull()
  })

  it('tells the card behind a Vulkan driver that was asked for', async () => {
    await put('proc/driver/nvidia/gpus/0000:01:00.0/information', 'Model: \t\t NVIDIA H200\n')
    await put('sys/class/drm/card0/device/vendor', '0x8086\n')
    await put('sys/class/drm/card0/device/device', '0x9a49\n')
    const nameBy = async (driver: string): Promise<string | undefined> =>
      (await graphicsDevice('webgpu', { root, env: { VK_DRIVER_FILES: driver } }))?.name
    expect(await nameBy('/usr/share/vulkan/icd.d/nvidia_icd.json')).toBe('NVIDIA H200')
    expect(await nameBy('/usr/share/vulkan/icd.d/intel_icd.x86_64.json')).toBe('Intel 0x9a49')
    expect(await nameBy('/usr/share/vulkan/icd.d/lvp_icd.x86_64.json')).toBe('llvmpipe')
  })

  it('reads vendor, driver and memory of another card from the kernel', async () => {
    await put('sys/class/drm/card1/device/vendor', '0x1002\n')
    await put('sys/class/drm/card1/device/device', '0x744c\n')
    await put('sys/class/drm/card1/device/uevent', 'DRIVER=amdgpu\nPCI_CLASS=38000\n')
    await put('sys/class/drm/card1/device/mem_info_vram_total', '25753026560\n')
    await put('sys/class/drm/card1-DP-1/status', 'connected\n')
    expect(await graphicsDevice('webgpu', { root, env: {} })).toEqual({
      name: 'AMD 0x744c',
      memoryBytes: 25_753_026_560,
      driver: 'amdgpu',
      isSoftware: false,
    })
    expect(await graphicsDevice('cuda', { root, env: {} })).toBeUndefined()
  })

  it('knows software devices by their Vulkan driver', async () => {
    const swiftshader = { root, env: { VK_ICD_FILENAMES: '/app/vk_swiftshader_icd.json' } }
    const device = await graphicsDevice('webgpu', swiftshader)
    expect(device).toMatchObject({ name: 'SwiftShader', isSoftware: true })
    await put('usr/share/vulkan/icd.d/lvp_icd.x86_64.json', '{}')
    const found = await graphicsDevice('webgpu', { root, env: {} })
    expect(found).toMatchObject({ name: 'llvmpipe', isSoftware: true })
  })

  it('finds none on a bare system, and asks for none on the CPU', async () => {
    expect(await graphicsDevice('webgpu', { root, env: {} })).toBeUndefined()
    expect(await graphicsDevice('cpu', { root, env: {} })).toBeUndefined()
  })
})

describe('driverIdentity', () => {
  it('changes with the driver, the card, and what Vulkan is told to use', async () => {
    const seen = new Set([await driverIdentity({ root, env: {} })])
    await put('sys/class/drm/card0/device/vendor', '0x8086\n')
    seen.add(await driverIdentity({ root, env: {} }))
    await put('usr/share/vulkan/icd.d/intel_icd.x86_64.json', '{}')
    seen.add(await driverIdentity({ root, env: {} }))
    seen.add(await driverIdentity({ root, env: { VK_ICD_FILENAMES: '/x.json' } }))
    await put('proc/driver/nvidia/gpus/0/information', 'Model: NVIDIA T4\n')
    await put('proc/driver/nvidia/version', version)
    seen.add(await driverIdentity({ root, env: {} }))
    await put('proc/driver/nvidia/version', openVersion)
    seen.add(await driverIdentity({ root, env: {} }))
    expect(seen.size).toBe(6)
  })

  it('reads the version of both kinds of NVIDIA kernel module', () => {
    expect(nvidiaDriverVersion(version)).toBe('535.183.01')
    expect(nvidiaDriverVersion(openVersion)).toBe('570.86.15')
    expect(nvidiaDriverVersion('something else')).toBe('')
  })
})
