// Small zip files in the form of ONNX Runtime's CUDA package.
import { makeZip } from '../../../scripts/setup/test-zip.mjs'

/** The beginning of a library for Linux, and something after it. */
export function library(text: string, machine = 62): Buffer {
  const head = Buffer.alloc(64)
  head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  head.writeUInt16LE(3, 16)
  head.writeUInt16LE(machine, 18)
  return Buffer.concat([head, Buffer.from(text)])
}

const folder = 'runtimes/linux-x64/native/'

export const cudaPackage = (
  cuda: Buffer = library('cuda'.repeat(500)),
  cudaName = 'libonnxruntime_providers_cuda.so',
): Uint8Array =>
  makeZip([
    { name: 'Microsoft.ML.OnnxRuntime.Gpu.Linux.nuspec', content: Buffer.from('<package/>') },
    { name: `${folder}${cudaName}`, content: cuda },
    { name: `${folder}libonnxruntime_providers_shared.so`, content: library('shared') },
    { name: `${folder}libonnxruntime_providers_tensorrt.so`, content: library('tensorrt') },
  ])
