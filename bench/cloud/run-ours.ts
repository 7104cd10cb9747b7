// Latent's own layout, in the process that makes it in the app.
import { fileURLToPath } from 'node:url'
import { Atlas } from '../../main/atlas/atlas.ts'
import type { ProjectAnswer, ProjectProgress, ProjectRequest } from '../../main/atlas/protocol.ts'
import { forkWithNode } from '../../main/engine/fork-node.ts'
import { inBuild } from '../measure/installed.ts'
import { PeakMemory } from '../measure/peak-memory.ts'
import { processTree } from '../measure/process-tree.ts'
import { say } from '../measure/say.ts'

type Stage = ProjectProgress['stage']

export interface OurOutcome {
  readonly answer: ProjectAnswer
  /** Of the process, measuring the quality included; 0 where the system does not tell. */
  readonly cpuSeconds: number
  readonly peakMemoryMb: number | null
  /** Until the first points are there: principal components. */
  readonly firstSeconds: number
  readonly stageSeconds: Readonly<Partial<Record<Stage, number>>>
}

export async function runOurs(request: ProjectRequest): Promise<OurOutcome> {
  const atlas = newAtlas()
  const memory = new PeakMemory()
  const startMs = performance.now()
  const stageMs = new Map<Stage, number>()
  let firstSeconds = 0
  let lastMs = startMs
  try {
    const answer = await atlas.call('project', request, {
      onProgress: ({ stage, positions }) => {
        const nowMs = performance.now()
        stageMs.set(stage, (stageMs.get(stage) ?? 0) + nowMs - lastMs)
        lastMs = nowMs
        if (positions !== undefined && firstSeconds === 0) firstSeconds = (nowMs - startMs) / 1000
      },
    })
    const peak = await memory.stop()
    const tree = await processTree(process.pid)
    const own = peak?.processes.find(({ name }) => name === 'atlas.js')
    const cpuSeconds = tree
      .filter(({ pid }) => pid !== process.pid)
      .reduce((sum, { cpuSeconds: spent }) => sum + spent, 0)
    const stageSeconds = Object.fromEntries(
      [...stageMs].map(([stage, ms]) => [stage, Number((ms / 1000).toFixed(2))]),
    )
    say(`latent: ${answer.facts.seconds.toFixed(1)} s ${JSON.stringify(stageSeconds)}`)
    return { answer, cpuSeconds, peakMemoryMb: own?.mb ?? null, firstSeconds, stageSeconds }
  } finally {
    await memory.stop()
    atlas.dispose()
  }
}

export interface CancelTime {
  readonly stage: Stage
  /** Until the caller has its answer. */
  readonly answeredMs: number
  /** Until the process takes other work. */
  readonly freeMs: number
}

/** How long a cancellation takes in the middle of each stage. */
export async function cancelTimes(request: ProjectRequest): Promise<readonly CancelTime[]> {
  const times: CancelTime[] = []
  for (const stage of ['components', 'neighbours', 'layout'] as const) {
    const atlas = newAtlas()
    const abort = new AbortController()
    let stoppedMs = 0
    try {
      await atlas.call('project', request, {
        signal: abort.signal,
        onProgress: (told) => {
          if (told.stage !== stage || told.fraction < 0.2 || abort.signal.aborted) return
          stoppedMs = performance.now()
          abort.abort()
        },
      })
    } catch (error) {
      if (!abort.signal.aborted) throw error
    }
    const answeredMs = performance.now() - stoppedMs
    await atlas.call('cluster', { positions: new Float32Array(), dims: 3 })
    if (abort.signal.aborted) {
      times.push({ stage, answeredMs, freeMs: performance.now() - stoppedMs })
    }
    atlas.dispose()
  }
  return times
}

const newAtlas = (): Atlas => new Atlas(forkWithNode(fileURLToPath(inBuild('atlas.js'))))
