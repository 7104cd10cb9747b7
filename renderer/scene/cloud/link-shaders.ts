// The shaders of links: lines with soft edges, as wide and clear as two photos are alike.
import { overlayShader } from './overlay-shader.ts'
import { placeShader } from './place-shader.ts'

export const linkVertexShader = `precision highp float;
precision highp int;
in vec2 a_corner;
in vec3 a_startFrom;
in vec3 a_startTo;
in vec3 a_endFrom;
in vec3 a_endTo;
in float a_strength;
${placeShader}
out float v_aside;
out float v_along;
flat out float v_half;
flat out float v_strength;

void main() {
  vec4 start = u_view * vec4(placeOf(a_startFrom, a_startTo), 1.0);
  vec4 end = u_view * vec4(placeOf(a_endFrom, a_endTo), 1.0);
  // What lies behind the eye is cut off, or the line would come out on the other side.
  float near = u_nearest;
  if (-start.z < near && -end.z < near) {
    gl_Position = NOWHERE;
    return;
  }
  if (-start.z < near) start = mix(end, start, (-end.z - near) / (start.z - end.z));
  if (-end.z < near) end = mix(start, end, (-start.z - near) / (end.z - start.z));
  vec4 from = u_projection * start;
  vec4 to = u_projection * end;
  vec2 fromPx = from.xy / from.w * u_canvas * 0.5;
  vec2 toPx = to.xy / to.w * u_canvas * 0.5;
  vec2 way = toPx - fromPx;
  vec2 across = vec2(-way.y, way.x) / max(length(way), 1e-3);
  v_strength = a_strength;
  v_half = mix(0.5, 1.3, a_strength) * u_pixelRatio;
  v_aside = a_corner.x * (v_half + 1.0);
  v_along = a_corner.y * 0.5 + 0.5;
  vec4 clip = a_corner.y < 0.0 ? from : to;
  clip.xy += across * v_aside / u_canvas * 2.0 * clip.w;
  gl_Position = u_flat > 0.5 ? vec4(clip.xy, -clip.w, clip.w)
    : inBand(clip, clip.z / clip.w * 0.5 + 0.5, 0.02, 0.9);
}`

export const linkFragmentShader = `precision highp float;
uniform vec2 u_canvas;
uniform vec3 u_ink;
uniform vec3 u_accent;
${overlayShader}
in float v_aside;
in float v_along;
flat in float v_half;
flat in float v_strength;
out vec4 colour;

void main() {
  float edge = clamp(v_half + 0.5 - abs(v_aside), 0.0, 1.0);
  float clear = mix(0.3, 0.9, v_strength) * mix(0.4, 1.0, inSight(gl_FragCoord.z));
  colour = vec4(mix(u_accent, u_ink, v_along), edge * clear);
}`
