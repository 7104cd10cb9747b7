// What of NVIDIA's software ONNX Runtime needs on Linux is there, and what is missing.
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { NvidiaDiagnosis } from '../../../preload/contract/providers.ts'
import { graphicsDevice, type SystemFiles } from './graphics-devices.ts'

/** What ONNX Runtime's CUDA 12 build links against: github.com/microsoft/onnxruntime/issues/22703 */
const libraries = [
  { file: 'libcudart.so.12', part: 'CUDA 12' },
  { file: 'libcublas.so.12', part: 'CUDA 12' },
  { file: 'libcublasLt.so.12', part: 'CUDA 12' },
  { file: 'libcufft.so.11', part: 'CUDA 12' },
  { file: 'libcurand.so.10', part: 'CUDA 12' },
  { file: 'libcudnn.so.9', part: 'cuDNN 9' },
] as const
/** The first driver that runs programs of CUDA 12. */
const leastDriver = '525.60.13'
const folders = [
  'usr/local/cuda/lib64',
  'usr/local/cuda/targets/x86_64-linux/lib',
  'usr/lib/x86_64-linux-gnu',
  'usr/lib64',
  'usr/lib',
  'opt/cuda/lib64',
]

/** @param hasRuntimeLibraries whether ONNX Runtime's own for CUDA are there */
export async function nvidiaDiagnosis(
  files: SystemFiles,
  hasRuntimeLibraries: boolean,
): Promise<NvidiaDiagnosis> {
  const device = (await graphicsDevice('cuda', files)) ?? null
  const found = await Promise.all(
    libraries.map(async ({ file, part }) => ({ file, part, isThere: await isThere(file, files) })),
  )
  const missing = (part: string): readonly string[] =>
    found.filter((library) => library.part === part && !library.isThere).map(({ file }) => file)
  const steps = [
    ...driverStep(device?.driver),
    ...partStep('CUDA 12', missing('CUDA 12'), await otherCuda(files)),
    ...partStep('cuDNN 9', missing('cuDNN 9')),
    ...(hasRuntimeLibraries ? [] : [runtimeStep]),
  ]
  return { device, libraries: found, hasRuntimeLibraries, steps }
}

const runtimeStep = "ONNX Runtime's own CUDA libraries are missing: Latent can fetch them."

function driverStep(driver: string | undefined): readonly string[] {
  if (driver === undefined) {
    return ['No NVIDIA device was found: its driver is not loaded, or there is none.']
  }
  if (driver === '' || compareVersions(driver, leastDriver) >= 0) return []
  return [
    `The driver ${driver} is older than ${leastDriver}, the first one for CUDA 12: update it.`,
  ]
}

function partStep(part: string, missing: readonly string[], instead = ''): readonly string[] {
  if (missing.length === 0) return []
  const were = missing.length === 1 ? 'was' : 'were'
  const other = instead === '' ? '' : ` ${instead} is there, but cannot stand in for it.`
  return [`${part} is not complete: ${missing.join(', ')} ${were} not found.${other}`]
}

/** "CUDA 13", when that is what the person has; empty for none. */
async function otherCuda(files: SystemFiles): Promise<string> {
  for (const version of [13, 11]) {
    if (await isThere(`libcudart.so.${version}`, files)) return `CUDA ${version}`
  }
  return ''
}

export function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)]
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** In the loader's cache, where the person says, or where distributions put it. */
async function isThere(file: string, { root, env }: SystemFiles): Promise<boolean> {
  const cache = await readFile(join(root, 'etc/ld.so.cache'), 'latin1').catch(() => '')
  if (cache.includes(`${file}\0`)) return true
  const told = (env.LD_LIBRARY_PATH ?? '').split(':').filter((folder) => folder !== '')
  for (const folder of [...told, ...folders.map((place) => join(root, place))]) {
    if (await exists(join(folder, file))) return true
  }
  return false
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
