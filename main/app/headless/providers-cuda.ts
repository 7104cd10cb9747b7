// `latent providers enable-cuda` and `disable-cuda`: ONNX Runtime's CUDA libraries on Linux.
import type { CudaLibraries } from '../../cuda/cuda-libraries.ts'
import { cudaHere } from '../cuda-here.ts'
import type { Places } from '../places.ts'
import { nvidiaHere } from '../provider-choice.ts'
import { readArguments } from './arguments.ts'
import { type ExitCode, exitCode, printLine, say, UsageError } from './output.ts'

const sayEveryMs = 1_000

export async function enableCuda(
  argv: readonly string[],
  at: Places,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, {
    yes: { type: 'boolean', default: false },
  })
  if (positionals.length > 0) throw new UsageError(`Expected no ${positionals[0]}.`)
  let saidAtMs = 0
  const cuda = await cudaHere(at, ({ state, doneBytes, bytes }) => {
    if (state === 'unpacking') say('Unpacking.')
    if (state !== 'running' || Date.now() - saidAtMs < sayEveryMs) return
    saidAtMs = Date.now()
    say(`${megabytes(doneBytes)} of ${megabytes(bytes)} MB`)
  })
  if (cuda === undefined) throw new Error('There is nothing to fetch for CUDA on this system.')
  signal.addEventListener('abort', () => void cuda.pause(), { once: true })
  for (const step of (await nvidiaHere(cuda))?.steps ?? []) say(step)
  if (cuda.status.state !== 'installed') await cuda.ask()
  signal.throwIfAborted()
  if (cuda.status.state === 'offered') {
    const { host, bytes } = cuda.status
    say(`${host} has them: ${megabytes(bytes)} MB.`)
    if (values.yes) await cuda.download()
    else say('Say --yes to fetch them.')
  }
  signal.throwIfAborted()
  if (cuda.status.state === 'failed') throw new Error(cuda.status.reason)
  await printStatus(cuda)
  return exitCode.complete
}

export async function disableCuda(argv: readonly string[], at: Places): Promise<ExitCode> {
  const { positionals } = readArguments(argv, {})
  if (positionals.length > 0) throw new UsageError(`Expected no ${positionals[0]}.`)
  const cuda = await cudaHere(at)
  if (cuda === undefined) throw new Error('There is nothing to remove on this system.')
  await cuda.remove()
  await printStatus(cuda)
  return exitCode.complete
}

async function printStatus(cuda: CudaLibraries): Promise<void> {
  const { state, host, bytes } = cuda.status
  const missing = (await nvidiaHere(cuda))?.steps ?? []
  printLine({ installed: state === 'installed', missing, host, bytes })
}

const megabytes = (bytes: number): number => Math.ceil(bytes / 1e6)
