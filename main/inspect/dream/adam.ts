// Gradient ascent with Adam (Kingma & Ba 2015, https://arxiv.org/abs/1412.6980, algorithm 1).

const firstDecay = 0.9
const secondDecay = 0.999
const epsilon = 1e-8

/** Holds the moments of one array of parameters. */
export class AdamAscent {
  private readonly first: Float32Array
  private readonly second: Float32Array
  private steps = 0

  constructor(
    size: number,
    private readonly rate: number,
  ) {
    this.first = new Float32Array(size)
    this.second = new Float32Array(size)
  }

  /** Changes the parameters in place, uphill. */
  step(parameters: Float32Array, gradient: Float32Array): void {
    this.steps++
    const firstScale = 1 / (1 - firstDecay ** this.steps)
    const secondScale = 1 / (1 - secondDecay ** this.steps)
    for (let i = 0; i < parameters.length; i++) {
      const slope = gradient[i] ?? 0
      const first = firstDecay * (this.first[i] ?? 0) + (1 - firstDecay) * slope
      const second = secondDecay * (this.second[i] ?? 0) + (1 - secondDecay) * slope * slope
      this.first[i] = first
      this.second[i] = second
      parameters[i] =
        (parameters[i] ?? 0) +
        (this.rate * first * firstScale) / (Math.sqrt(second * secondScale) + epsilon)
    }
  }
}
