// Composition root of the window: makes the store, joins it to main's events and mounts the app.
import '@fontsource-variable/inter/wght.css'
import './ui/tokens.css'
import './ui/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { bridge } from './api.ts'
import { fetchBytes } from './fetch-bytes.ts'
import { connectEvents } from './state/connect-events.ts'
import { createLatentStore } from './state/store.ts'
import { ErrorBoundary } from './ui/error-boundary.tsx'
import { StoreContext } from './use-latent.ts'
import { applyTheme } from './views/settings/apply-theme.ts'
import { Shell } from './views/shell/shell.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('Expected #root in index.html but received nothing')

const api = bridge()
const store = createLatentStore({ api, now: () => performance.now(), fetchBytes })
connectEvents(api, store)
applyTheme(store, document.documentElement)
void store.getState().start()

createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <StoreContext value={store}>
        <Shell />
      </StoreContext>
    </ErrorBoundary>
  </StrictMode>,
)
