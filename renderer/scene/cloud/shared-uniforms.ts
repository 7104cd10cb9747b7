// What every shader of the Cloud is told; materials hold the same objects, so setting one sets all.
import { Color, type DepthTexture, Matrix4, Vector2 } from 'three'

export interface SharedUniforms {
  readonly u_view: { readonly value: Matrix4 }
  readonly u_projection: { readonly value: Matrix4 }
  /** Pixels of the drawing buffer. */
  readonly u_canvas: { readonly value: Vector2 }
  /** Pixels that one unit covers at a distance of one. */
  readonly u_pixelsPerUnit: { value: number }
  /** Pixels of the drawing buffer to one CSS pixel. */
  readonly u_pixelRatio: { value: number }
  /** Width of a point, in units. */
  readonly u_pointSize: { value: number }
  /** 0: points stand at `a_from`; 1: at `a_to`. */
  readonly u_glide: { value: number }
  /** Distances from the eye between which the fog thickens, and how thick it gets. */
  readonly u_fogFrom: { value: number }
  readonly u_fogTo: { value: number }
  readonly u_fog: { value: number }
  /** Distance from the eye at which drawing begins. */
  readonly u_nearest: { value: number }
  /** 1 where the layout is a plane: the order of drawing decides what lies on top. */
  readonly u_flat: { value: number }
  readonly u_points: { value: number }
  readonly u_background: { readonly value: Color }
  readonly u_accent: { readonly value: Color }
  readonly u_ink: { readonly value: Color }
}

/** For what is drawn over the finished picture. */
export interface OverlayUniforms {
  readonly u_depth: { readonly value: DepthTexture | null }
  readonly u_depthShare: { readonly value: Vector2 }
}

export const sharedUniforms = (): SharedUniforms => ({
  u_view: { value: new Matrix4() },
  u_projection: { value: new Matrix4() },
  u_canvas: { value: new Vector2(1, 1) },
  u_pixelsPerUnit: { value: 1 },
  u_pixelRatio: { value: 1 },
  u_pointSize: { value: 1 },
  u_glide: { value: 1 },
  u_fogFrom: { value: 0 },
  u_fogTo: { value: 1 },
  u_fog: { value: 0 },
  u_nearest: { value: 0 },
  u_flat: { value: 0 },
  u_points: { value: 1 },
  u_background: { value: new Color() },
  u_accent: { value: new Color() },
  u_ink: { value: new Color() },
})
