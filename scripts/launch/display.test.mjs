import { expect, it } from 'vitest'
import { displaySwitches, requireDisplay } from './display.mjs'

it('asks for a screen on Linux only, and says what to do without one', () => {
  expect(() => requireDisplay({}, 'linux')).toThrow('DISPLAY')
  expect(() => requireDisplay({ DISPLAY: ':0' }, 'linux')).not.toThrow()
  expect(() => requireDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).not.toThrow()
  expect(() => requireDisplay({}, 'darwin')).not.toThrow()
})

it('lets Electron choose Wayland where there is no X', () => {
  expect(displaySwitches({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toHaveLength(1)
  expect(displaySwitches({ WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' }, 'linux')).toEqual([])
})
