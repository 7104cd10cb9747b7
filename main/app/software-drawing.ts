// Lets the processor draw in space where no graphics card does.
import { app } from 'electron'

/**
 * Call before the app is ready. Chromium from 137 on asks for it by name: it warns of drawing what
 * strangers wrote, and the window shows nothing but our own.
 */
export function allowSoftwareDrawing(): void {
  app.commandLine.appendSwitch('enable-unsafe-swiftshader')
}

const bySoftware = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'] as const
const againstIt: readonly string[] = ['--disable-gpu', '--disable-software-rasterizer']

/** For a card or driver that is there and does not work: this once, the processor draws. */
export function restartInSoftware(): void {
  const kept = process.argv
    .slice(1)
    .filter((argument) => !againstIt.includes(argument) && !argument.startsWith('--use-angle='))
  app.relaunch({ args: [...kept, ...bySoftware] })
  app.quit()
}
