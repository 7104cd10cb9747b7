// How what is drawn over the finished picture learns what the cloud hides.

export const overlayShader = `
uniform highp sampler2D u_depth;
/** The part of the picture that was drawn last. */
uniform vec2 u_depthShare;

/** 1 in sight, 0 behind something. */
float inSight(float depth) {
  vec2 at = gl_FragCoord.xy / u_canvas * u_depthShare;
  return depth <= texture(u_depth, at).r ? 1.0 : 0.0;
}
`
