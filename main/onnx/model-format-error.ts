// Why a model file cannot be read.

/** A file that is no ONNX model, or one that Latent cannot take as it is. */
export class ModelFormatError extends Error {
  override readonly name = 'ModelFormatError'
}
