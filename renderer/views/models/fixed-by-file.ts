// What a brought file says for itself and nobody can tell otherwise.
import type { ModelReading } from '../../../preload/contract/model-card.ts'

export const isTflite = (fileName: string): boolean => fileName.toLowerCase().endsWith('.tflite')

/** A TensorFlow Lite network of integers fixes its colours, scores and features. */
export const isFixedByFile = (fileName: string, { type }: ModelReading['input']): boolean =>
  isTflite(fileName) && type === 'uint8'
