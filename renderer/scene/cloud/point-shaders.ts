// The shaders of the dots, and of the same dots as ids to be picked.
import { placeShader } from './place-shader.ts'

export const dotPlace = `precision highp float;
precision highp int;
in vec3 a_from;
in vec3 a_to;
/** RGB and flags. */
in vec4 a_paint;
${placeShader}
/** Dots are at least and, drawn as photos, at most so wide. */
uniform float u_leastPx;
uniform float u_mostPx;

/** Width in pixels of the drawing buffer; 0 for what is not drawn. */
float placeDot(out vec4 clip, out float distance) {
  vec4 seen = u_view * vec4(placeOf(a_from, a_to), 1.0);
  distance = -seen.z;
  clip = u_projection * seen;
  uint flags = flagsOf(a_paint);
  bool hidden = (flags & HIDDEN) != 0u;
  if (hidden || distance <= 0.0) {
    clip = NOWHERE;
    return 0.0;
  }
  bool faint = (flags & FAINT) != 0u;
  bool selected = (flags & SELECTED) != 0u;
  float depth = depthOf(clip, float(gl_VertexID));
  clip = faint ? inBand(clip, depth, 0.9, 1.0)
    : selected && u_flat > 0.5 ? inBand(clip, depth, 0.01, 0.02)
    : inBand(clip, depth, 0.02, 0.9);
  float width = clamp(u_pointSize * u_pixelsPerUnit / distance, u_leastPx, u_mostPx);
  return faint ? max(u_leastPx, width * 0.7) : selected ? max(width, 5.0 * u_pixelRatio) : width;
}
`

export const pointVertexShader = `${dotPlace}
/** 1: a pixel more for the soft edge. */
uniform float u_soft;
const float FAINTNESS = 0.16;
uniform vec3 u_background;
uniform vec3 u_accent;
flat out vec4 v_colour;
flat out vec3 v_ring;
flat out float v_radius;
flat out float v_ringed;

void main() {
  vec4 clip;
  float distance;
  float width = placeDot(clip, distance);
  gl_Position = clip;
  uint flags = flagsOf(a_paint);
  bool selected = (flags & SELECTED) != 0u;
  float ring = selected ? 2.0 * u_pixelRatio : 0.0;
  v_radius = width * 0.5 + ring;
  gl_PointSize = 2.0 * v_radius + u_soft;
  float fog = fogAt(distance);
  vec3 colour = mix(a_paint.rgb, u_background, fog);
  bool faint = (flags & FAINT) != 0u;
  v_colour = !faint ? vec4(colour, 1.0)
    : u_soft > 0.5 ? vec4(colour, FAINTNESS) : vec4(mix(u_background, colour, FAINTNESS), 1.0);
  v_ring = mix(u_accent, u_background, fog * 0.5);
  v_ringed = selected ? width * 0.5 : 1e6;
}`

export const pointFragmentShader = `precision highp float;
uniform vec3 u_background;
flat in vec4 v_colour;
flat in vec3 v_ring;
flat in float v_radius;
flat in float v_ringed;
out vec4 colour;

void main() {
  float reach = v_radius + 0.5;
  float r = length(gl_PointCoord * 2.0 - 1.0) * reach;
  float inside = clamp(reach - r, 0.0, 1.0);
  // What is nearly clear would only hide what lies behind it.
  if (inside < 0.2) discard;
  // A darker rim keeps large dots apart where they overlap.
  float rim = smoothstep(v_radius * 0.55, v_radius, r) * clamp(v_radius * 0.25 - 0.5, 0.0, 1.0);
  vec3 dot = mix(v_colour.rgb, u_background, rim * 0.35);
  dot = mix(dot, v_ring, clamp(r - v_ringed + 0.5, 0.0, 1.0));
  colour = vec4(dot, v_colour.a * inside);
}`

/** For samples while moving: hard edges, and small dots are squares. */
export const plainFragmentShader = `precision mediump float;
flat in vec4 v_colour;
flat in vec3 v_ring;
flat in float v_radius;
flat in float v_ringed;
out vec4 colour;

void main() {
  float r = v_radius > 2.0 ? length(gl_PointCoord * 2.0 - 1.0) : 0.0;
  if (r > 1.0) discard;
  colour = r * v_radius > v_ringed || v_ringed < 2.0 ? vec4(v_ring, 1.0) : v_colour;
}`

export const pointIdVertexShader = `${dotPlace}
flat out uint v_id;

void main() {
  vec4 clip;
  float distance;
  float width = placeDot(clip, distance);
  gl_Position = clip;
  gl_PointSize = width + 1.0;
  v_id = uint(gl_VertexID) + 1u;
}`

export const idFragmentShader = `precision highp float;
precision highp int;
flat in uint v_id;
out vec4 colour;

void main() {
  uvec4 bytes = uvec4(v_id, v_id >> 8, v_id >> 16, v_id >> 24) & 255u;
  colour = vec4(bytes) / 255.0;
}`
