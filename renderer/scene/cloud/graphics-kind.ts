// Whether a graphics card draws or the processor does.

const softwareNames = /swiftshader|llvmpipe|software|basic render/i

export function drawsInSoftware(gl: WebGLRenderingContext | WebGL2RenderingContext): boolean {
  const names = gl.getExtension('WEBGL_debug_renderer_info')
  const name: unknown = gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER)
  return softwareNames.test(String(name))
}
