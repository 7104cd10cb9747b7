// The shaders that colour maps. The bytes lie in a texture as they came, row after row; the shader
// works out where a channel's value is, so that any number of channels of any size fits.

export const mapVertexShader = `#version 300 es
in vec4 a_place;
in vec2 a_shade;
in int a_channel;
uniform vec2 u_canvas;
uniform vec2 u_map;
out vec2 v_at;
flat out vec2 v_shade;
flat out int v_channel;
flat out int v_taps;

void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec2 pixel = a_place.xy + corner * a_place.zw;
  gl_Position = vec4(pixel / u_canvas * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
  v_at = corner * u_map;
  v_shade = a_shade;
  v_channel = a_channel;
  // How many values fall on one pixel of a map that is drawn smaller than it is.
  v_taps = clamp(int(ceil(max(u_map.x / a_place.z, u_map.y / a_place.w) - 0.01)), 1, 4);
}`

export const mapFragmentShader = `#version 300 es
precision highp float;
precision highp int;
uniform highp sampler2D u_bytes;
uniform highp sampler2D u_colours;
uniform vec2 u_map;
uniform int u_textureWidth;
uniform bool u_smooth;
in vec2 v_at;
flat in vec2 v_shade;
flat in int v_channel;
flat in int v_taps;
out vec4 colour;

float byteAt(ivec2 at) {
  ivec2 size = ivec2(u_map);
  ivec2 inside = clamp(at, ivec2(0), size - 1);
  int index = (v_channel * size.y + inside.y) * size.x + inside.x;
  return texelFetch(u_bytes, ivec2(index % u_textureWidth, index / u_textureWidth), 0).r;
}

float averageAround(vec2 at) {
  vec2 reach = fwidth(at);
  float sum = 0.0;
  for (int y = 0; y < v_taps; y++) {
    for (int x = 0; x < v_taps; x++) {
      vec2 tap = (vec2(x, y) + 0.5) / float(v_taps) - 0.5;
      sum += byteAt(ivec2(floor(at + tap * reach)));
    }
  }
  return sum / float(v_taps * v_taps);
}

float blended(vec2 at) {
  vec2 corner = floor(at - 0.5);
  vec2 share = at - 0.5 - corner;
  ivec2 first = ivec2(corner);
  float upper = mix(byteAt(first), byteAt(first + ivec2(1, 0)), share.x);
  float lower = mix(byteAt(first + ivec2(0, 1)), byteAt(first + ivec2(1, 1)), share.x);
  return mix(upper, lower, share.y);
}

void main() {
  float value = v_taps > 1 ? averageAround(v_at) : u_smooth ? blended(v_at) : byteAt(ivec2(v_at));
  float shade = clamp(v_shade.x + value * v_shade.y, 0.0, 1.0);
  colour = texelFetch(u_colours, ivec2(int(shade * 255.0 + 0.5), 0), 0);
}`
