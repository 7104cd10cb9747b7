// Hands the drawn scene to what stands beside the canvas: tools, commands, the palette.
import { createContext, useContext } from 'react'
import type { CloudSceneApi } from '../../scene/cloud/cloud-scene-types.ts'

export interface DrawnScene {
  readonly scene: CloudSceneApi
  readonly canvas: HTMLCanvasElement
}

export interface SceneHolder {
  /** Null while none is drawn. */
  readonly drawn: DrawnScene | null
  readonly hold: (drawn: DrawnScene | null) => void
}

export const SceneContext = createContext<SceneHolder>({ drawn: null, hold: () => {} })

export const useScene = (): CloudSceneApi | null => useContext(SceneContext).drawn?.scene ?? null
