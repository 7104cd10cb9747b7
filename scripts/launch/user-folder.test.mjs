import { expect, it } from 'vitest'
import { userFolder } from './user-folder.mjs'

it('is where npm was called, or where we are', () => {
  expect(userFolder({ npm_lifecycle_event: 'latent', INIT_CWD: '/photos' }, '/app')).toBe('/photos')
  // Left over from some other tool, when npm does not run us.
  expect(userFolder({ INIT_CWD: '/photos' }, '/app')).toBe('/app')
})
