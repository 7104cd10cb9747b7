// On Linux: finds the shared libraries and tools that Electron lacks, and installs them where that
// is ours to do (Debian and Ubuntu, as root); elsewhere says which command does it.
import { SetupFailure } from './failure.mjs'
import { GTK_LIBRARY, LIBRARY_PACKAGES } from './library-packages.mjs'
import { say } from './progress.mjs'
import { hasTool, runTool } from './run-tool.mjs'

/**
 * @param {string} executable Electron's
 * @param {{ virtualDisplay?: boolean }} [needs] `virtualDisplay`: Xvfb, for tests without a screen
 */
export async function ensureSystemLibraries(executable, { virtualDisplay = false } = {}) {
  if (process.platform !== 'linux') return
  const libraries = await missingLibraries(executable)
  const xvfb = virtualDisplay && !hasTool('Xvfb')
  if (libraries.length === 0 && !xvfb) return

  const wanted = [...libraries, ...(xvfb ? ['Xvfb'] : [])].join(', ')
  if (!hasTool('apt-get')) throw new SetupFailure(elsewhere(libraries, xvfb, wanted))
  const root = process.getuid?.() === 0
  if (root) {
    say(`installing what Electron lacks on this system: ${wanted}`)
    await runTool('apt-get', ['update', '-qq'], { capture: true })
  }
  const packages = await debianPackages(libraries, isOffered)
  if (xvfb) packages.push('xvfb')
  if (root && packages.length > 0) {
    await runTool('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
      capture: true,
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    })
    const still = await missingLibraries(executable)
    if (still.length === 0 && (!virtualDisplay || hasTool('Xvfb'))) return
  }
  const command = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`
  throw new SetupFailure(
    packages.length > 0
      ? `this system lacks ${wanted}; install them with:\n  ${root ? command : command.replaceAll('apt-get', 'sudo apt-get')}`
      : `this system lacks ${wanted}; install the packages that carry them, then run the command again.`,
  )
}

async function missingLibraries(executable) {
  const { status, stdout } = await runTool('ldd', [executable], { capture: true })
  if (status === 127) return []
  const missing = librariesNotFound(stdout)
  const { stdout: known } = await runTool('ldconfig', ['-p'], {
    capture: true,
    env: { PATH: `${process.env.PATH}:/sbin:/usr/sbin` },
  })
  const gtkUnknown = known !== '' && !known.includes(GTK_LIBRARY) && !stdout.includes(GTK_LIBRARY)
  return gtkUnknown ? [...missing, GTK_LIBRARY] : missing
}

/**
 * @param {string} lddOutput
 * @returns {string[]} the names that the loader could not resolve, each once
 */
export function librariesNotFound(lddOutput) {
  return [...new Set([...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name))]
}

/**
 * @param {readonly string[]} libraries
 * @param {(packageName: string) => Promise<boolean>} offered
 * @returns {Promise<string[]>} the packages to install, each once; a library that we know no package
 *   for is left out
 */
export async function debianPackages(libraries, offered) {
  const packages = new Set()
  for (const library of libraries) {
    const candidates = LIBRARY_PACKAGES[library] ?? []
    let chosen = candidates.at(-1)
    for (const candidate of candidates.slice(0, -1)) {
      if (await offered(candidate)) {
        chosen = candidate
        break
      }
    }
    if (chosen) packages.add(chosen)
  }
  return [...packages].sort()
}

async function isOffered(packageName) {
  const { stdout } = await runTool('apt-cache', ['policy', packageName], {
    capture: true,
    env: { LC_ALL: 'C' },
  })
  return /Candidate: (?!\(none\))\S/.test(stdout)
}

/** dnf and zypper can install by the library's own name. */
function elsewhere(libraries, xvfb, wanted) {
  const tool = ['dnf', 'zypper'].find((name) => hasTool(name))
  if (!tool) {
    return `this system lacks ${wanted}; install the packages that carry them, then run the command again.`
  }
  const names = libraries.map((library) => `'${library}()(64bit)'`)
  if (xvfb) names.push('/usr/bin/Xvfb')
  return `this system lacks ${wanted}; install them with:\n  sudo ${tool} install ${names.join(' ')}`
}
