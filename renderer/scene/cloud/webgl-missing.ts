// Says that this machine gives the window no WebGL2.

export class WebGlMissingError extends Error {
  constructor() {
    super('Expected a WebGL2 context but received none.')
    this.name = 'WebGlMissingError'
  }
}
