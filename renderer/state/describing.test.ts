import { expect, it } from 'vitest'
import type { InstalledModelInfo, ModelsOverview } from '../../preload/contract/models.ts'
import { canDescribe, searchesBy } from './describing.ts'

const model = (id: string, pair: InstalledModelInfo['pair']): InstalledModelInfo => ({
  id,
  name: id,
  builtIn: false,
  broken: '',
  facts: null,
  file: '',
  inputSizePx: 8,
  classCount: 2,
  labels: 'file',
  embeddingDim: 4,
  embeddingLayer: '',
  layers: [],
  sizeBytes: 1,
  msPerPhoto: null,
  canBeQuantised: false,
  pair,
  resultPhotos: 0,
  resultBytes: 0,
})

const overview = (currentId: string): ModelsOverview => ({
  currentId,
  beforeId: null,
  tryingId: null,
  givenUp: null,
  quantisation: null,
  installed: [
    model('plain', null),
    model('clip', { textFile: 'text.onnx', contextTokens: 77, scale: 100 }),
  ],
  catalogue: [],
  leftResults: [],
})

it('reads descriptions only while the model in use came with a text network', () => {
  expect(canDescribe({ models: null })).toBe(false)
  expect(canDescribe({ models: overview('plain') })).toBe(false)
  expect(canDescribe({ models: overview('clip') })).toBe(true)
  const searchBy = 'description'
  expect(searchesBy({ models: overview('clip'), searchBy })).toBe('description')
  expect(searchesBy({ models: overview('plain'), searchBy })).toBe('names')
})
