// `latent doctor`: what Latent runs on, and whether it works.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os'
import type { Places } from '../places.ts'
import { runtimeName } from '../runtime.ts'
import { type ExitCode, exitCode, printLine } from './output.ts'
import { startEngine } from './start-engine.ts'

export const doctorHelp = `Usage: latent doctor

Prints one JSON line: runtime, ONNX Runtime's version, machine, execution providers offered and tried, model and its hash,
and the result of a self-test (a drawn picture through decoder and network).

Exit code: 0 healthy, 1 not.`

export async function doctor(
  _argv: readonly string[],
  at: Places,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { engine, model } = await startEngine(at)
  try {
    const { onnxPath } = model.spec
    const { sha256 } = model.card.quantised
    const found = createHash('sha256')
      .update(await readFile(onnxPath))
      .digest('hex')
    const self = await engine.analyse(
      { kind: 'bytes', name: 'self-test.png', bytes: selfTestPng },
      { urgent: true, topCount: 1, signal },
    )
    const sum = self.prediction?.probabilities[0] ?? 0
    const selfTest = {
      ok: self.status === 'ok' && sum > 0 && sum <= 1 && found === sha256,
      status: self.status,
      reason: found === sha256 ? self.reason : 'The model file is not the one that was installed.',
      ms: Math.round(self.decodeMs + self.inferMs),
    }
    const { executionProvider, trials, threads, batchSize, decodeWorkers } = engine.status
    printLine({
      runtime: runtimeName(),
      node: process.versions.node,
      inferenceRuntime: engine.inferenceRuntime,
      machine: {
        platform: platform(),
        arch: arch(),
        cpu: cpus()[0]?.model.trim() ?? '',
        cores: availableParallelism(),
        memoryBytes: totalmem(),
      },
      executionProvider,
      providers: trials,
      tuning: { threads, batchSize, decodeWorkers },
      model: { id: model.card.id, name: model.card.name, sha256: found },
      selfTest,
    })
    return selfTest.ok ? exitCode.complete : exitCode.failed
  } finally {
    engine.dispose()
  }
}

/** An 8x8 grey PNG. */
const selfTestPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAADklEQVR4nGNogAIGyhgAgIQgAQ2AJGEAAAAASUVORK5CYII=',
  'base64',
)
