// Runs npm: the one that started us when there is one, so that its settings and version hold.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { SetupFailure } from './failure.mjs'

/**
 * npm's own entry script. It is run through Node rather than through `npm.cmd`, which Windows
 * starts only with a shell and its quoting.
 */
function npmCli(env = process.env) {
  const ranUs = env.npm_execpath
  if (ranUs && basename(ranUs) === 'npm-cli.js' && existsSync(ranUs)) return ranUs
  const nodeDir = dirname(process.execPath)
  const besideNode = [
    join(nodeDir, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(nodeDir, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(nodeDir, '..', 'share', 'nodejs', 'npm', 'bin', 'npm-cli.js'),
  ]
  return besideNode.find((path) => existsSync(path))
}

/**
 * @param {readonly string[]} args
 * @param {{ cwd: string, capture?: boolean, env?: Record<string, string> }} options `capture`
 *   collects stdout; without it npm's output goes to our stderr
 * @returns {Promise<{ status: number, stdout: string }>}
 */
export function runNpm(args, { cwd, capture = false, env = {} }) {
  const cli = npmCli()
  const [file, fullArgs] = cli ? [process.execPath, [cli, ...args]] : ['npm', [...args]]
  return new Promise((resolve, reject) => {
    const child = spawn(file, fullArgs, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', capture ? 'pipe' : 2, capture ? 'ignore' : 2],
      shell: !cli && process.platform === 'win32',
    })
    let stdout = ''
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      stdout += text
    })
    child.on('error', () => reject(new SetupFailure('npm was not found; install Node with npm.')))
    child.on('close', (status) => resolve({ status: status ?? 1, stdout }))
  })
}
