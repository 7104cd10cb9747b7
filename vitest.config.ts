import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{bench,main,preload,renderer,scripts,models}/**/*.test.{ts,tsx,mjs}'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Inference and decoding tests each use every core.
    maxWorkers: 2,
  },
})
