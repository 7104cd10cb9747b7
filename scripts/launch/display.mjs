// Whether there is a screen to show a window on.
import { SetupFailure } from '../setup/failure.mjs'

/** Linux only: elsewhere a window can always be opened. */
export function hasDisplay(env = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

export function requireDisplay(env = process.env, platform = process.platform) {
  if (hasDisplay(env, platform)) return
  throw new SetupFailure(
    'the window needs a screen, and neither DISPLAY nor WAYLAND_DISPLAY is set; start it from a desktop session, or use "npm run --silent latent -- --help" for the commands that need none.',
  )
}

/** A Wayland session without X: Electron before 38 has to be told. */
export function displaySwitches(env = process.env, platform = process.platform) {
  const onlyWayland = platform === 'linux' && env.WAYLAND_DISPLAY && !env.DISPLAY
  return onlyWayland ? ['--ozone-platform-hint=auto'] : []
}
