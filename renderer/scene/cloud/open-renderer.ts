// Opens a canvas for drawing: three's renderer on a context that has just what the Cloud needs.
import { LinearSRGBColorSpace, WebGLRenderer } from 'three'
import { WebGlMissingError } from './webgl-missing.ts'

/** @throws WebGlMissingError where the machine cannot draw */
export function openRenderer(canvas: HTMLCanvasElement): WebGLRenderer {
  const context = canvas.getContext('webgl2', {
    alpha: false,
    antialias: false,
    depth: false,
    powerPreference: 'high-performance',
  })
  if (context === null) throw new WebGlMissingError()
  const renderer = new WebGLRenderer({ canvas, context })
  renderer.outputColorSpace = LinearSRGBColorSpace
  renderer.autoClear = false
  renderer.sortObjects = false
  return renderer
}
