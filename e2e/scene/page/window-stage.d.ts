// What the scene's page offers to tests and benchmark.
import type { SceneStage } from './scene-stage.ts'

declare global {
  interface Window {
    stage: SceneStage
  }
}
