import { expect, it } from 'vitest'
import { checkNodeVersion } from './node-version.mjs'

it('refuses a Node that is too old, in one sentence', () => {
  expect(() => checkNodeVersion('18.20.4')).toThrow('Node 20.19 or newer is needed')
  expect(() => checkNodeVersion('20.9.0')).toThrow('this is Node 20.9.0')
  expect(() => checkNodeVersion('20.19.0')).not.toThrow()
  expect(() => checkNodeVersion('24.1.0')).not.toThrow()
})
