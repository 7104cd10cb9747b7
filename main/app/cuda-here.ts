// ONNX Runtime's CUDA libraries on this computer: which ones, from whom, and where they lie.
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join } from 'node:path'
import type { CudaStatus } from '../../preload/contract/providers.ts'
import { CudaLibraries } from '../cuda/cuda-libraries.ts'
import { hasCudaLibraries } from '../cuda/runtime-folder.ts'
import { downloadLimits, writeFileAt } from '../fetch/download-file.ts'
import { freeBytes } from '../fetch/free-bytes.ts'
import type { Places } from './places.ts'

const nugetIndex = 'https://api.nuget.org/v3/index.json'

/** What children that run ONNX Runtime get besides main's own environment. */
export type RuntimeEnvironment = () => Readonly<Record<string, string>>

/** Undefined where ONNX Runtime has CUDA without them, or has none at all. */
export async function cudaHere(
  at: Places,
  onChange: (status: CudaStatus) => void = () => {},
): Promise<CudaLibraries | undefined> {
  if (platform() !== 'linux' || arch() !== 'x64') return undefined
  const { version, ownFolder } = onnxRuntime()
  return CudaLibraries.open({
    wanted: {
      // A company's mirror; hashes are checked all the same.
      indexUrl: process.env.LATENT_NUGET_URL ?? nugetIndex,
      name: 'Microsoft.ML.OnnxRuntime.Gpu.Linux',
      version,
    },
    folder: join(at.onnxRuntimeFolder, version),
    ownFolder,
    downloadsFolder: at.downloadsFolder,
    inheritedLibraryPath: process.env.LD_LIBRARY_PATH,
    freeBytes,
    write: writeFileAt,
    limits: downloadLimits,
    onChange,
  })
}

/** Whether they are where ONNX Runtime finds them, by our doing or another's. */
export const hasCudaHere = async (cuda: CudaLibraries | undefined): Promise<boolean> =>
  cuda?.status.state === 'installed' || (await hasCudaLibraries(onnxRuntime().ownFolder))

/** Of the package that is installed; main does not load the library itself. */
export function onnxRuntime(): { readonly version: string; readonly ownFolder: string } {
  const require = createRequire(import.meta.url)
  const path = require.resolve('onnxruntime-node/package.json')
  const { version } = require(path) as { version: string }
  // Libraries are loaded by the system, which sees no archive.
  const home = dirname(path).replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked')
  return { version, ownFolder: join(home, 'bin', 'napi-v6', platform(), arch()) }
}
