// How the tests and benchmarks start Electron.
import { type ChildProcess, spawn } from 'node:child_process'

/** Switches for a test machine: root has no sandbox, and WebGL runs in software. */
export const rootSwitches: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** The switches of scripts/latent.mjs: without a window there is nothing to draw. */
const quietSwitches = ['--disable-gpu', '--disable-software-rasterizer', '--log-level=3']

export function executable(): string {
  const path = process.env.LATENT_ELECTRON
  if (path === undefined) throw new Error('Run this through npm test or npm run bench.')
  return path
}

export function environment(dataFolder: string): Record<string, string> {
  const entries = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  return { ...Object.fromEntries(entries), LATENT_DATA_DIR: dataFolder }
}

/**
 * A command without a window, as the leader of a process group that can be killed whole. Its stderr
 * is piped and has to be read.
 */
export function spawnCommand(
  appFolder: string,
  dataFolder: string,
  args: readonly string[],
): ChildProcess {
  const { DISPLAY: _none, ...env } = environment(dataFolder)
  return spawn(
    executable(),
    [...rootSwitches, ...quietSwitches, appFolder, '--headless', ...args],
    { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  )
}
