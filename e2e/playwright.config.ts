import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: '.',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  // Each test runs a whole app with inference on every core.
  workers: 1,
  fullyParallel: false,
  reporter: [['list']],
  outputDir: '../test-results',
})
