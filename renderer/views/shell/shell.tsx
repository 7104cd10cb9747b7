// The window's frame: bars, the workspace in between and what floats above.
import './shell.css'
import { useMemo, useState } from 'react'
import { Toasts } from '../../ui/toasts.tsx'
import { useLatent } from '../../use-latent.ts'
import { ActivityView } from '../activity/activity-view.tsx'
import { CloudView } from '../cloud/cloud-view.tsx'
import { type DrawnScene, SceneContext } from '../cloud/scene-context.ts'
import { DropOverlay } from '../drop/drop-overlay.tsx'
import { InspectionTray } from '../drop/inspection-tray.tsx'
import { InspectorView } from '../inspector/inspector-view.tsx'
import { LibraryView } from '../library/library-view.tsx'
import { ModelsView } from '../models/models-view.tsx'
import { Palette } from '../palette/palette.tsx'
import { Preview } from '../preview/preview.tsx'
import { TruthDialog } from '../truth/truth-dialog.tsx'
import { WelcomeView } from '../welcome/welcome-view.tsx'
import { Banners } from './banners.tsx'
import { StatusBar } from './status-bar.tsx'
import { TopBar } from './top-bar.tsx'
import { useShortcuts } from './use-shortcuts.ts'

export function Shell() {
  const started = useLatent((state) => state.started)
  useShortcuts()
  return (
    <>
      {started ? <Frame /> : <div className="shell" aria-busy="true" />}
      {/* Takes what is dropped before the first answers are in, too. */}
      <DropOverlay />
    </>
  )
}

function Frame() {
  const workspace = useLatent((state) => state.workspace)
  const libraryId = useLatent((state) => state.library?.id)
  const previewId = useLatent((state) => state.previewId)
  const [drawn, hold] = useState<DrawnScene | null>(null)
  const sceneHolder = useMemo(() => ({ drawn, hold }), [drawn])
  // Kept once it was opened: the pictures that it has loaded and where the eye was.
  const [cloudOpened, setCloudOpened] = useState(false)
  if (workspace === 'cloud' && !cloudOpened) setCloudOpened(true)
  return (
    <SceneContext value={sceneHolder}>
      <div className="shell" inert={previewId !== null}>
        <TopBar />
        <Banners />
        <main
          className="workspace"
          id="panel-library"
          role="tabpanel"
          aria-labelledby="tab-library"
          hidden={workspace !== 'library'}
        >
          {libraryId === undefined ? <WelcomeView /> : <LibraryView key={libraryId} />}
        </main>
        {workspace === 'inspector' && (
          <main
            className="workspace"
            id="panel-inspector"
            role="tabpanel"
            aria-labelledby="tab-inspector"
          >
            <InspectorView />
          </main>
        )}
        {cloudOpened && (
          <main
            className="workspace"
            id="panel-cloud"
            role="tabpanel"
            aria-labelledby="tab-cloud"
            hidden={workspace !== 'cloud'}
          >
            <CloudView key={libraryId} />
          </main>
        )}
        {workspace === 'models' && (
          <main
            className="workspace"
            id="panel-models"
            role="tabpanel"
            aria-labelledby="tab-models"
          >
            <ModelsView />
          </main>
        )}
        {workspace === 'activity' && (
          <main
            className="workspace"
            id="panel-activity"
            role="tabpanel"
            aria-labelledby="tab-activity"
          >
            <ActivityView />
          </main>
        )}
        <StatusBar />
      </div>
      <InspectionTray />
      {previewId !== null && <Preview id={previewId} />}
      <Toasts />
      <Palette />
      <TruthDialog />
    </SceneContext>
  )
}
