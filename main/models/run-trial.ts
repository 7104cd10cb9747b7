// Gives a network to a process of its own and ends that when it takes too long or too much.
import type { Fork } from '../engine/child-process.ts'
import type {
  CheckRequest,
  FromTrial,
  Prepared,
  PrepareRequest,
  TrialOutcome,
  TrialRequest,
  TrialRun,
} from './trial-protocol.ts'

export interface TrialLimits {
  readonly timeoutMs: number
  readonly memoryBytes: number
}

export const trialLimits: TrialLimits = { timeoutMs: 20_000, memoryBytes: 2 * 2 ** 30 }

export interface TrialOptions {
  readonly fork: Fork<TrialRequest, FromTrial>
  /** Memory that a process holds; undefined when it cannot be known. */
  readonly residentBytes: (pid: number) => Promise<number | undefined>
  readonly limits: TrialLimits
  readonly signal?: AbortSignal | undefined
}

/** A tensor of gigabytes is filled in about a second. */
const watchEveryMs = 25

export async function prepareInTrial(
  request: PrepareRequest,
  options: TrialOptions,
): Promise<TrialOutcome<Prepared>> {
  const last = await runTrial(request, options)
  if (last.type === 'prepared') return { ok: true, value: last.prepared }
  return { ok: false, reason: last.type === 'refused' ? last.reason : 'It gave no answer.' }
}

export async function checkInTrial(
  request: CheckRequest,
  options: TrialOptions,
): Promise<TrialOutcome<TrialRun>> {
  const last = await runTrial(request, options)
  if (last.type === 'checked') return { ok: true, value: last.run }
  return { ok: false, reason: last.type === 'refused' ? last.reason : 'It gave no answer.' }
}

type Answer = Extract<FromTrial, { type: 'prepared' | 'checked' | 'refused' }>

/** Always resolves, and the process has been told to end by then. */
function runTrial(
  request: TrialRequest,
  { fork, residentBytes, limits, signal }: TrialOptions,
): Promise<Answer> {
  return new Promise((resolve) => {
    let stage = 'while its process started'
    let watch: NodeJS.Timeout | undefined
    let isOver = false
    const finish = (answer: Answer): void => {
      if (isOver) return
      isOver = true
      clearTimeout(deadline)
      clearInterval(watch)
      signal?.removeEventListener('abort', interrupt)
      child.kill()
      resolve(answer)
    }
    const refuse = (reason: string): void => finish({ type: 'refused', reason })
    const interrupt = (): void => refuse('It was interrupted.')
    const deadline = setTimeout(
      () => refuse(`It took more than ${limits.timeoutMs / 1000} s ${stage}.`),
      limits.timeoutMs,
    )
    const watchMemory = async (pid: number): Promise<void> => {
      const bytes = (await residentBytes(pid)) ?? 0
      if (bytes <= limits.memoryBytes) return
      refuse(
        `It took more than ${(limits.memoryBytes / 2 ** 30).toFixed(1)} GB of memory ${stage}.`,
      )
    }
    const child = fork({
      onMessage: (message) => {
        switch (message.type) {
          case 'hello':
            watch = setInterval(() => void watchMemory(message.pid), watchEveryMs)
            child.send(request)
            return
          case 'stage':
            stage = message.stage
            return
          default:
            finish(message)
        }
      },
      // Where one tensor is larger than any block of memory may be, the process goes at once.
      onExit: (code) =>
        refuse(
          `Its process crashed ${stage} (code ${code ?? 'unknown'}), or wanted too much memory.`,
        ),
    })
    signal?.addEventListener('abort', interrupt)
    if (signal?.aborted === true) interrupt()
  })
}
