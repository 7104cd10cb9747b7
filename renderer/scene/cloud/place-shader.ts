// The part that the Cloud's vertex shaders share: where a point stands and in what depth.

/**
 * The depth buffer is cut into bands, so that what is faint never covers what is not, whatever the
 * order of drawing. In a plane all points are equally far: there the slot decides, which no move of
 * the camera changes.
 */
export const placeShader = `
uniform mat4 u_view;
uniform mat4 u_projection;
uniform vec2 u_canvas;
uniform float u_pixelsPerUnit;
uniform float u_pixelRatio;
uniform float u_pointSize;
uniform float u_glide;
uniform float u_fogFrom;
uniform float u_fogTo;
uniform float u_fog;
uniform float u_nearest;
uniform float u_flat;
uniform float u_points;

const uint HIDDEN = 1u;
const uint FAINT = 2u;
const uint SELECTED = 4u;

uint flagsOf(vec4 paint) {
  return uint(paint.a * 255.0 + 0.5);
}

const vec4 NOWHERE = vec4(2.0, 2.0, 2.0, 1.0);

vec3 placeOf(vec3 from, vec3 to) {
  return mix(from, to, u_glide);
}

/** Clip place at a depth from 0 to 1 inside a band. */
vec4 inBand(vec4 clip, float depth, float nearest, float farthest) {
  clip.z = (mix(nearest, farthest, clamp(depth, 0.0, 1.0)) * 2.0 - 1.0) * clip.w;
  return clip;
}

float depthOf(vec4 clip, float slot) {
  float flatDepth = 1.0 - (slot + 0.5) / u_points;
  return u_flat > 0.5 ? flatDepth : clip.z / clip.w * 0.5 + 0.5;
}

float fogAt(float distance) {
  return u_fog * smoothstep(u_fogFrom, u_fogTo, distance);
}
`
