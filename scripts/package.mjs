// `npm run package [-- --dir] [--allow-fallback-runtime]`: builds installers, or with --dir the app
// folder alone. A release carries Electron's own runtime; the fallback is for trying things out.
import { runAsCommand, SetupFailure } from './setup/failure.mjs'
import { setUpApp, setUpRuntime } from './setup/index.mjs'
import { packageBin } from './setup/package-bin.mjs'
import { repoDir } from './setup/paths.mjs'
import { runNode } from './setup/run-tool.mjs'

const ALLOW_FALLBACK = '--allow-fallback-runtime'

await runAsCommand(async () => {
  const args = process.argv.slice(2)
  const runtime = await setUpRuntime()
  if (runtime.source === 'fallback' && !args.includes(ALLOW_FALLBACK)) {
    throw new SetupFailure(
      `a release must carry Electron's own runtime, and only the fallback (${runtime.version}) could be had here; add ${ALLOW_FALLBACK} for a build that is not to be released.`,
    )
  }
  await setUpApp()
  const builder = await packageBin(repoDir, 'electron-builder')
  return runNode(
    [
      builder,
      '--config=electron-builder.yml',
      `--config.electronDist=${runtime.dir}`,
      `--config.electronVersion=${runtime.version}`,
      '--publish=never',
      ...args.filter((arg) => arg !== ALLOW_FALLBACK),
    ],
    { cwd: repoDir },
  )
})
