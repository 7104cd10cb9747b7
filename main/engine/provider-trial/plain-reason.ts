// Says in a person's words why ONNX Runtime refused a provider, and keeps its own words.

interface KnownReason {
  readonly sign: RegExp
  readonly words: string
}

const known: readonly KnownReason[] = [
  {
    sign: /No supported adapters|Failed to get a WebGPU adapter/,
    words: 'The system offers no graphics device that WebGPU can use.',
  },
  {
    sign: /Cuda: Failed to load shared library|libonnxruntime_providers_(shared|cuda)/,
    words: "ONNX Runtime's libraries for NVIDIA are not installed.",
  },
  { sign: /requires f16/, words: 'Its device cannot compute with half floats.' },
  {
    sign: /libcudnn|libcublas|libcudart|CUDA (failure|driver)/i,
    words: 'CUDA 12, cuDNN 9 or the driver is missing.',
  },
  { sign: /backend not found/, words: 'This build of ONNX Runtime does not offer it.' },
]

/** @param raw what ONNX Runtime threw */
export function plainReason(raw: string): string {
  // Where in whose sources it happened tells a person nothing.
  const told = raw
    .replaceAll(/\/onnxruntime_src\/\S+\s*/g, '')
    .replaceAll(/\S*onnxruntime::\S*\([^)]*\)(::<lambda\(\)>)?\s*/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const words = known.find(({ sign }) => sign.test(raw))?.words
  return words === undefined ? told : `${words} (${told})`
}
