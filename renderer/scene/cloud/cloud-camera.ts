// Hands a pose over to the shaders: matrices, depth range and fog.
import { Matrix4 } from 'three'
import type { Sphere } from './bounds.ts'
import { axesOf, type CameraPose, depthOf, eyeOf, halfHeightAtOne } from './camera-pose.ts'
import type { SharedUniforms } from './shared-uniforms.ts'

/** How thick the fog gets at the cloud's far end. */
const thickest = 0.68

export function aimUniforms(
  uniforms: SharedUniforms,
  pose: CameraPose,
  bounds: Sphere,
  buffer: { readonly widthPx: number; readonly heightPx: number },
): void {
  const { right, up, back } = axesOf(pose)
  const [x, y, z] = eyeOf(pose)
  const middle = depthOf(pose, bounds.centre)
  const reach = bounds.radius * 1.05
  const near = Math.max(middle - reach, pose.distance * 0.02, reach * 1e-4)
  const far = Math.max(middle + reach, near * 2)
  const [halfHeight, aspect] = [halfHeightAtOne * near, buffer.widthPx / buffer.heightPx]
  uniforms.u_view.value
    .set(...right, 0, ...up, 0, ...back, 0, 0, 0, 0, 1)
    .multiply(new Matrix4().makeTranslation(-x, -y, -z))
  const [right2, down2] = [pose.aside[0] * 2, pose.aside[1] * 2]
  uniforms.u_projection.value.makePerspective(
    -halfHeight * aspect * (1 + right2),
    halfHeight * aspect * (1 - right2),
    halfHeight * (1 + down2),
    -halfHeight * (1 - down2),
    near,
    far,
  )
  uniforms.u_canvas.value.set(buffer.widthPx, buffer.heightPx)
  uniforms.u_pixelsPerUnit.value = buffer.heightPx / 2 / halfHeightAtOne
  uniforms.u_nearest.value = near
  // From outside the fog spans the cloud; from inside, what lies around the target is clear.
  uniforms.u_fogFrom.value = Math.max(middle - bounds.radius * 0.9, pose.distance * 0.8)
  uniforms.u_fogTo.value = Math.max(middle + bounds.radius, pose.distance * 2)
  uniforms.u_fog.value = uniforms.u_flat.value === 1 ? 0 : thickest
}
