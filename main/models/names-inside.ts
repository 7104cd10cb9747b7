// Class names that a network's file holds itself, as trainers write them into its metadata.
import type { Model } from '../onnx/model.ts'
import type { ClassName } from './labels.ts'

/** `names` is Ultralytics' key; the others are Hugging Face's and common habit. */
const keys: readonly string[] = ['names', 'id2label', 'labels', 'classes', 'class_names']

/** `0: 'cat'`, `"0": "cat"`: Python's and JSON's way to write one entry. */
const entry = /["']?(\d+)["']?\s*:\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g
/** `'cat'`, of a list of names. */
const item = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g

/** @returns undefined when the file has none */
export function namesInside({
  metadata,
}: Pick<Model, 'metadata'>): readonly ClassName[] | undefined {
  for (const { key, value } of metadata) {
    if (!keys.includes(key.toLowerCase())) continue
    const names = namesIn(value)
    if (names.length > 0) return names.map((name) => ['', name])
  }
  return undefined
}

function namesIn(text: string): readonly string[] {
  const numbered = [...text.matchAll(entry)].map(
    ([, at, single, double]) => [Number(at), unescaped(single ?? double ?? '')] as const,
  )
  if (numbered.length === 0) {
    return [...text.matchAll(item)].map(([, single, double]) => unescaped(single ?? double ?? ''))
  }
  const byNumber = new Map(numbered)
  const names = Array.from({ length: byNumber.size }, (_, at) => byNumber.get(at))
  return names.every((name) => name !== undefined) ? names : []
}

const unescaped = (text: string): string => text.replace(/\\(.)/g, '$1')
