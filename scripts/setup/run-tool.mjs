// Runs a system command to its end.
import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ capture?: boolean, env?: Record<string, string> }} [options] `capture` collects stdout
 *   and hides stderr; without it both go to our stderr
 * @returns {Promise<{ status: number, stdout: string }>} status 127 when there is no such command
 */
export function runTool(file, args, { capture = false, env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', capture ? 'pipe' : 2, capture ? 'ignore' : 2],
    })
    let stdout = ''
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      stdout += text
    })
    child.on('error', () => resolve({ status: 127, stdout }))
    child.on('close', (status) => resolve({ status: status ?? 1, stdout }))
  })
}

/**
 * @param {string} name
 * @returns {boolean} whether PATH has such a command
 */
export function hasTool(name, env = process.env) {
  return (env.PATH ?? '').split(delimiter).some((dir) => {
    try {
      accessSync(join(dir, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/**
 * Runs a Node script with this Node.
 *
 * @param {readonly string[]} args the script first
 * @param {{ cwd: string, stdout?: 'inherit' | 'stderr', env?: Record<string, string> }} options
 * @returns {Promise<number>} its exit status
 */
export function runNode(args, { cwd, stdout = 'stderr', env = {} }) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', stdout === 'inherit' ? 'inherit' : 2, 'inherit'],
    })
    child.on('error', reject)
    child.on('close', (status) => resolve(status ?? 1))
  })
}
