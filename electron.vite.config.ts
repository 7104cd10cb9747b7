// Builds the three sides of the app, and the child-process and worker entries that main starts.
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const at = (path: string): string => resolve(import.meta.dirname, path)

export default defineConfig({
  main: {
    build: {
      // Only benchmarks drive a window and build its page; bundled, these would not find their files.
      externalizeDeps: { include: ['playwright', 'vite'] },
      outDir: 'out/main',
      target: 'node20',
      rollupOptions: {
        input: {
          index: at('main/index.ts'),
          engine: at('main/engine/process.ts'),
          inspect: at('main/inspect/process.ts'),
          'model-trial': at('main/models/trial-process.ts'),
          'provider-trial': at('main/engine/provider-trial/process.ts'),
          quantise: at('main/models/quantise-process.ts'),
          atlas: at('main/atlas/process.ts'),
          text: at('main/text/process.ts'),
          'layout-worker': at('main/atlas/umap/layout-worker.ts'),
          'store-worker': at('main/store/store-worker.ts'),
          'inference-thread': at('main/engine/inference-thread.ts'),
          'decode-worker': at('main/engine/decode-worker.ts'),
          'install-default-model': at('main/models/install-default-model.ts'),
          bench: at('bench/index.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node20',
      externalizeDeps: false,
      rollupOptions: {
        input: { index: at('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react()],
    build: {
      outDir: at('out/renderer'),
      target: 'chrome130',
      // Inlined assets would be data: URLs, which the content security policy refuses for fonts.
      assetsInlineLimit: 0,
      rollupOptions: { input: at('renderer/index.html') },
    },
  },
})
