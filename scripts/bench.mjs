// `npm run bench -- <benchmark> [...]`: sets up what is missing, then runs the benchmark in plain
// Node. Its JSON goes to stdout, everything else to stderr.
import { join } from 'node:path'
import { userFolder } from './launch/user-folder.mjs'
import { installBenchPeers } from './setup/bench-peers.mjs'
import { cacheDir } from './setup/cache-dir.mjs'
import { runAsCommand } from './setup/failure.mjs'
import { setUpApp, setUpPackages, setUpRuntime } from './setup/index.mjs'
import { repoDir } from './setup/paths.mjs'
import { runNode } from './setup/run-tool.mjs'
import { needsVirtualDisplay, withDisplay } from './testing/virtual-display.mjs'

/** Benchmarks that watch the real app from outside. */
const IN_ELECTRON = ['opening', 'wander', 'scene', 'flatness', 'kills', 'window', 'drop']
const WITH_WINDOW = ['window', 'drop', 'opening', 'wander', 'scene']

await runAsCommand(async () => {
  const [name] = process.argv.slice(2)
  const needsDisplay = WITH_WINDOW.includes(name)
  const env = {}
  if (IN_ELECTRON.includes(name)) {
    const runtime = await setUpRuntime({ virtualDisplay: needsDisplay && needsVirtualDisplay() })
    env.LATENT_ELECTRON = runtime.executable
    env.LATENT_RUNTIME = runtime.source
  } else {
    await setUpPackages()
  }
  await setUpApp()
  if (name === 'index' || name === 'inference') {
    env.LATENT_BENCH_PEERS = (await installBenchPeers({ cacheDir: cacheDir(), repoDir })) ?? ''
  }
  if (name === 'cloud' || name === 'neighbours') {
    // embedding-atlas wants a whole interface beside it, of which its UMAP needs nothing.
    const where = { cacheDir: cacheDir(), repoDir, folder: 'bench/cloud/peers' }
    const dir = await installBenchPeers({ ...where, npmArgs: ['--legacy-peer-deps'] })
    env.LATENT_BENCH_PEERS = dir ?? ''
  }
  const entry = join(repoDir, 'out', 'main', 'bench.js')
  const run = (display) =>
    runNode([entry, ...process.argv.slice(2)], {
      cwd: userFolder(),
      stdout: 'inherit',
      env: { ...env, ...display },
    })
  return needsDisplay ? withDisplay(run) : run({})
})
