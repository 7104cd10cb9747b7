// The shaders of photos: a dot grows into a rounded square with its tile, then takes the photo's shape
// with its thumbnail.
import { placeShader } from './place-shader.ts'

const cardPlace = `precision highp float;
precision highp int;
in vec2 a_corner;
in vec3 a_from;
in vec3 a_to;
/** RGB and flags. */
in vec4 a_paint;
/** Aspect, slot, cell of the tile and of the thumbnail (-1 for none). */
in vec4 a_card;
/** Seconds since tile and thumbnail are there; large for long ago. */
in vec2 a_since;
${placeShader}
uniform float u_cardSize;
uniform float u_seconds;
uniform float u_fadeSeconds;
uniform vec2 u_dotPx;

struct Card {
  /** Half of the shape, in pixels of the drawing buffer, without its border. */
  vec2 halfPx;
  float border;
  /** How far tile and thumbnail have come, 0 to 1. */
  vec2 shown;
  /** From 0 a square to 1 the photo's own. */
  float shape;
  float distance;
};

/** @param margin pixels that are drawn beyond the border */
Card placeCard(float margin, out vec4 clip) {
  vec4 seen = u_view * vec4(placeOf(a_from, a_to), 1.0);
  clip = u_projection * seen;
  Card card;
  card.distance = -seen.z;
  card.shown = clamp((u_seconds - a_since) / u_fadeSeconds, 0.0, 1.0) * step(0.0, a_card.zw);
  card.shape = smoothstep(0.3, 1.0, card.shown.y);
  float perUnit = u_pixelsPerUnit / max(card.distance, 1e-9);
  float dot = clamp(u_pointSize * perUnit, u_dotPx.x, u_dotPx.y);
  float grown = max(smoothstep(0.0, 1.0, card.shown.x), card.shape);
  // All photos have the same area. The square with the tile fits into the photo's shape, so a card only
  // ever grows and can be drawn over what it was.
  float width = u_cardSize * perUnit;
  float stretch = sqrt(clamp(a_card.x, 0.34, 3.0));
  vec2 whole = width * vec2(stretch, 1.0 / stretch);
  float side = min(whole.x, whole.y);
  card.halfPx = 0.5 * mix(vec2(min(dot, side)), mix(vec2(side), whole, card.shape), grown);
  uint flags = flagsOf(a_paint);
  bool selected = (flags & SELECTED) != 0u;
  card.border = selected ? clamp(width * 0.05, 1.5 * u_pixelRatio, 3.0 * u_pixelRatio) : 0.0;
  if ((flags & HIDDEN) != 0u || card.distance <= 0.0) {
    clip = NOWHERE;
    return card;
  }
  // A little nearer than its own dot, which it covers; in a plane, on top of all dots.
  float depth = depthOf(clip, a_card.y);
  clip = u_flat < 0.5 ? inBand(clip, depth - 2e-6, 0.02, 0.9)
    : selected ? inBand(clip, depth, 0.005, 0.01)
    : inBand(clip, depth, 0.01, 0.4);
  vec2 reach = card.halfPx + card.border + margin;
  clip.xy += a_corner * reach / u_canvas * 2.0 * clip.w;
  return card;
}
`

const edgeShader = `
/** Distance from the edge of a rounded rectangle, negative inside. */
float edgeDistance(vec2 halfPx, float radius) {
  vec2 outside = abs(v_at) - halfPx + radius;
  return length(max(outside, 0.0)) + min(max(outside.x, outside.y), 0.0) - radius;
}

/** From a dot to a photo's rounded corners. */
float cornerRadius(float least, float shown) {
  float corner = clamp(least * 0.16, 1.5 * u_pixelRatio, 9.0 * u_pixelRatio);
  return mix(least, min(corner, least), shown);
}
`

export const cardVertexShader = `${cardPlace}
out vec2 v_at;
flat out vec2 v_half;
flat out vec4 v_look;
flat out vec4 v_colour;
flat out vec4 v_card;

void main() {
  vec4 clip;
  Card card = placeCard(1.0, clip);
  gl_Position = clip;
  v_half = card.halfPx;
  v_at = a_corner * (card.halfPx + card.border + 1.0);
  v_look = vec4(card.shown, card.shape, card.border);
  v_colour = vec4(a_paint.rgb, fogAt(card.distance));
  v_card = a_card;
}`

export const cardFragmentShader = `precision highp float;
precision highp int;
precision highp sampler2DArray;
uniform sampler2DArray u_tiles;
uniform sampler2DArray u_thumbnails;
uniform vec3 u_background;
uniform vec3 u_accent;
uniform vec3 u_ink;
uniform float u_pixelRatio;
uniform float u_framed;
in vec2 v_at;
flat in vec2 v_half;
flat in vec4 v_look;
flat in vec4 v_colour;
flat in vec4 v_card;
out vec4 colour;

const float TILES_A_ROW = 64.0;
const float TILE_PX = 32.0;
const float THUMBNAIL_PX = 256.0;

/** The part of a picture of this aspect that covers the shape, as places from 0 to 1. */
vec2 covering(float aspect) {
  float shape = v_half.x / v_half.y;
  vec2 part = vec2(min(1.0, shape / aspect), min(1.0, aspect / shape));
  return v_at / v_half * vec2(0.5, -0.5) * part + 0.5;
}

/** Texels of the level chosen are at most about as wide as pixels: rather sharp than soft. */
float levelOf(float sidePx, float aspect) {
  float shape = v_half.x / v_half.y;
  vec2 part = vec2(min(1.0, shape / aspect), min(1.0, aspect / shape));
  vec2 texels = sidePx * part / (2.0 * v_half);
  return clamp(log2(min(texels.x, texels.y)) - 0.35, 0.0, 3.0);
}

/** Stays half a texel away from the neighbour's picture. */
vec2 held(vec2 at, float sidePx, float level) {
  float edge = 0.5 * exp2(ceil(level)) / sidePx;
  return clamp(at, edge, 1.0 - edge);
}

vec3 tile() {
  float level = levelOf(TILE_PX, 1.0);
  float inLayer = mod(v_card.z, TILES_A_ROW * TILES_A_ROW);
  vec2 cell = vec2(mod(inLayer, TILES_A_ROW), floor(inLayer / TILES_A_ROW));
  vec2 at = (cell + held(covering(1.0), TILE_PX, level)) / TILES_A_ROW;
  return textureLod(u_tiles, vec3(at, floor(v_card.z / (TILES_A_ROW * TILES_A_ROW))), level).rgb;
}

vec3 thumbnail() {
  float aspect = v_card.x;
  vec2 at = held(covering(aspect), THUMBNAIL_PX, 0.0);
  return textureLod(u_thumbnails, vec3(at, v_card.w), levelOf(THUMBNAIL_PX, aspect)).rgb;
}

/**
 * A frame in the point's colour, as wide at every distance, with a line of the background inside it
 * that sets it off from a picture of the same colour. On the smallest photos the line would only blur.
 */
vec3 framed(vec3 photo, float inwards, float least) {
  float wide = mix(1.5, 2.5, smoothstep(7.0, 16.0, least / u_pixelRatio)) * u_pixelRatio;
  float gap = u_pixelRatio * smoothstep(10.0, 16.0, least / u_pixelRatio);
  vec3 parted = mix(photo, u_background,
    0.8 * clamp(wide + gap - inwards + 0.5, 0.0, 1.0) * step(0.01, gap));
  return mix(parted, v_colour.rgb, clamp(wide - inwards + 0.5, 0.0, 1.0));
}

${edgeShader}
void main() {
  float least = min(v_half.x, v_half.y);
  float radius = cornerRadius(least, max(v_look.x, v_look.z));
  float border = v_look.w;
  float edge = edgeDistance(v_half + border, radius + border);
  float inside = clamp(0.5 - edge, 0.0, 1.0);
  if (inside < 0.2) discard;
  vec3 photo = v_colour.rgb;
  if (v_look.x > 0.0 && v_look.y < 1.0) photo = mix(photo, tile(), v_look.x);
  if (v_look.y > 0.0) photo = mix(photo, thumbnail(), smoothstep(0.0, 0.6, v_look.y));
  // A hairline sets a photo off from one of its own colour behind it.
  float line = clamp(1.0 - abs(edge + 0.6 * u_pixelRatio) / u_pixelRatio, 0.0, 1.0);
  photo = mix(photo, u_ink, line * 0.16 * smoothstep(6.0, 16.0, least) * (1.0 - u_framed));
  // A selected photo's own border and its frame may have the same colour: background parts them.
  float inwards = -(edge + border) - (border > 0.0 ? u_pixelRatio : 0.0);
  if (u_framed > 0.5) photo = border > 0.0
    ? mix(u_background, framed(photo, inwards, least), clamp(inwards + 0.5, 0.0, 1.0))
    : framed(photo, inwards, least);
  photo = mix(photo, u_background, v_colour.a);
  if (border > 0.0) photo = mix(photo, u_accent, clamp(edge + border + 0.5, 0.0, 1.0));
  colour = vec4(photo, inside);
}`

export const cardIdVertexShader = `${cardPlace}
flat out uint v_id;

void main() {
  vec4 clip;
  placeCard(1.0, clip);
  gl_Position = clip;
  v_id = uint(a_card.y) + 1u;
}`

/** Room around the ringed point for gap, line and halo. */
const ringVertexMargin = '(9.0 * u_pixelRatio)'

export const ringVertexShader = `${cardPlace}
out vec2 v_at;
flat out vec2 v_half;
flat out float v_shown;
flat out float v_border;

void main() {
  vec4 clip;
  Card card = placeCard(${ringVertexMargin}, clip);
  gl_Position = vec4(clip.xy, 0.0, clip.w);
  v_half = card.halfPx;
  v_border = card.border;
  v_shown = max(card.shown.x, card.shape);
  v_at = a_corner * (card.halfPx + card.border + ${ringVertexMargin});
}`

export const ringFragmentShader = `precision highp float;
uniform vec3 u_background;
uniform vec3 u_ink;
uniform float u_pixelRatio;
in vec2 v_at;
flat in vec2 v_half;
flat in float v_shown;
flat in float v_border;
out vec4 colour;
${edgeShader}
void main() {
  float radius = cornerRadius(min(v_half.x, v_half.y), v_shown);
  float grown = v_border + 4.0 * u_pixelRatio;
  float away = abs(edgeDistance(v_half + grown, radius + grown)) / u_pixelRatio;
  float line = clamp(1.5 - away, 0.0, 1.0);
  // The background's colour on both sides, so that the line is seen on anything.
  float halo = smoothstep(4.5, 1.0, away) * 0.75;
  colour = vec4(mix(u_background, u_ink, line), max(line, halo));
}`
