// Which graphics devices and drivers a Linux system has, read from its files.
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { GraphicsDevice } from '../../../preload/contract/providers.ts'

export interface SystemFiles {
  /** "/" but in tests. */
  readonly root: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** What nvidia-smi says of its devices' memory, a line of MiB each; the kernel's files do not tell. */
  readonly nvidiaMemory?: () => Promise<string>
}

const vendors: Readonly<Record<string, string>> = {
  '0x10de': 'NVIDIA',
  '0x1002': 'AMD',
  '0x8086': 'Intel',
  '0x1af4': 'Virtio (virtual)',
  '0x15ad': 'VMware (virtual)',
  '0x1234': 'QEMU (virtual)',
}
const softwareIcd = /swiftshader|lvp|llvmpipe|lavapipe/i

/** The device that WebGPU takes first, or the first one for CUDA; undefined where there is none. */
export async function graphicsDevice(
  provider: string,
  files: SystemFiles,
): Promise<GraphicsDevice | undefined> {
  if (provider === 'cpu') return undefined
  const nvidia = await withMemory(await nvidiaDevice(files), files)
  if (provider === 'cuda') return nvidia
  const forced = forcedDriver(files)
  const icd = forced ?? (await vulkanIcds(files))[0]
  const byIcd = icd === undefined ? undefined : fromIcd(icd)
  if (forced !== undefined && byIcd?.isSoftware === true) return byIcd
  const mayBeNvidia = forced === undefined || /nvidia/i.test(basename(forced))
  return (mayBeNvidia ? nvidia : undefined) ?? (await drmDevice(files)) ?? byIcd
}

/** The first Vulkan driver that a person told the loader to take. */
const forcedDriver = ({ env }: SystemFiles): string | undefined =>
  (env.VK_DRIVER_FILES ?? env.VK_ICD_FILENAMES)?.split(':')[0]

/** The first device's; null where nvidia-smi is missing or says something else. */
async function withMemory(
  device: GraphicsDevice | undefined,
  { nvidiaMemory }: SystemFiles,
): Promise<GraphicsDevice | undefined> {
  if (device === undefined || nvidiaMemory === undefined) return device
  const mib = Number.parseInt(await nvidiaMemory().catch(() => ''), 10)
  return { ...device, memoryBytes: mib > 0 ? mib * 2 ** 20 : null }
}

/**
 * Everything that decides how fast and how well a provider works, besides model and runtime: when it
 * changes, what was measured counts no more.
 */
export async function driverIdentity(files: SystemFiles): Promise<string> {
  const forced = files.env.VK_DRIVER_FILES ?? files.env.VK_ICD_FILENAMES
  const [nvidia, drm, icds] = await Promise.all([
    nvidiaDevice(files),
    drmDevice(files),
    vulkanIcds(files),
  ])
  return [
    ...(nvidia === undefined ? [] : [`${nvidia.name} ${nvidia.driver}`]),
    ...(drm === undefined ? [] : [`${drm.name} ${drm.driver}`]),
    ...(forced === undefined ? icds.map((icd) => basename(icd)) : [`only ${forced}`]),
  ].join(', ')
}

async function nvidiaDevice({ root }: SystemFiles): Promise<GraphicsDevice | undefined> {
  const folder = join(root, 'proc/driver/nvidia')
  const [gpu] = await readdir(join(folder, 'gpus')).catch(() => [])
  if (gpu === undefined) return undefined
  const information = await text(join(folder, 'gpus', gpu, 'information'))
  const version = await text(join(folder, 'version'))
  return {
    name: /^Model:\s*(.+)$/m.exec(information)?.[1]?.trim() ?? 'NVIDIA',
    memoryBytes: null,
    driver: nvidiaDriverVersion(version),
    isSoftware: false,
  }
}

/** "535.183.01" from the text of /proc/driver/nvidia/version; empty where it has another form. */
export const nvidiaDriverVersion = (version: string): string =>
  /Kernel Module(?: for \S+)?\s+(\d+(?:\.\d+)+)/.exec(version)?.[1] ?? ''

async function drmDevice({ root }: SystemFiles): Promise<GraphicsDevice | undefined> {
  const folder = join(root, 'sys/class/drm')
  const cards = (await readdir(folder).catch(() => [])).filter((name) => /^card\d+$/.test(name))
  for (const card of cards.toSorted()) {
    const device = join(folder, card, 'device')
    const vendor = (await text(join(device, 'vendor'))).trim()
    if (vendor === '') continue
    const id = (await text(join(device, 'device'))).trim()
    const driver = /^DRIVER=(.+)$/m.exec(await text(join(device, 'uevent')))?.[1] ?? ''
    const memory = Number((await text(join(device, 'mem_info_vram_total'))).trim())
    return {
      name: `${vendors[vendor] ?? vendor} ${id}`.trim(),
      memoryBytes: memory > 0 ? memory : null,
      driver,
      isSoftware: false,
    }
  }
  return undefined
}

async function vulkanIcds({ root }: SystemFiles): Promise<readonly string[]> {
  const folders = ['etc/vulkan/icd.d', 'usr/share/vulkan/icd.d', 'usr/local/share/vulkan/icd.d']
  const found = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(join(root, folder)).catch(() => [])
      return names.filter((name) => name.endsWith('.json')).map((name) => join(root, folder, name))
    }),
  )
  return found.flat().toSorted()
}

function fromIcd(path: string): GraphicsDevice {
  const name = basename(path)
  const isSoftware = softwareIcd.test(name)
  const known = /swiftshader/i.test(name) ? 'SwiftShader' : 'llvmpipe'
  return { name: isSoftware ? known : name, memoryBytes: null, driver: name, isSoftware }
}

const text = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '')
