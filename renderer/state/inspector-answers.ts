// Answers of an inspected network for tests of the state.
import { ok } from '../../preload/contract/errors.ts'
import type {
  Attribution,
  InspectedPhoto,
  InspectorModel,
  LayerActivations,
  LayerInfo,
} from '../../preload/contract/inspector.ts'
import type { FakeAnswers } from './fake-api.ts'

const layer = (name: string): LayerInfo => ({
  name,
  kind: 'convolution',
  channels: 2,
  heightPx: 1,
  widthPx: 2,
  parameterCount: 1,
  ms: 1,
  receptiveField: null,
  inner: [],
})

export const fakeModel: InspectorModel = {
  id: 'm',
  name: 'Model',
  inputSizePx: 8,
  classCount: 2,
  parameterCount: 3,
  layers: ['conv1', 'conv2', 'conv3'].map(layer),
  lastSpatialLayer: 'conv3',
  penultimateLayer: 'conv3',
  kernels: null,
  classNames: ['cat', 'dog'],
}

export const fakePhoto = (session: string, slot: 'a' | 'b' = 'a'): InspectedPhoto => ({
  session,
  slot,
  name: `${session}.jpg`,
  photoId: null,
  modelId: 'm',
  widthPx: 4,
  heightPx: 4,
  crop: { leftPx: 0, topPx: 0, sidePx: 4 },
  labels: [
    { index: 1, wnid: '', name: 'dog', probability: 0.9, logit: 3, path: [], confusions: [] },
  ],
  decodeMs: 1,
  inferMs: 1,
})

export const fakeActivations = (session: string, name: string): LayerActivations => ({
  session,
  layer: name,
  channels: 2,
  heightPx: 1,
  widthPx: 2,
  minima: Float32Array.of(0, 0),
  maxima: Float32Array.of(1, 2),
  means: Float32Array.of(0.5, 1),
  sparsities: Float32Array.of(0, 0),
  min: 0,
  max: 2,
  mean: 0.75,
  sparsity: 0,
})

export const fakeAttribution = (classIndex: number): Attribution => ({
  method: 'grad-cam',
  classIndex,
  layer: 'conv3',
  heightPx: 1,
  widthPx: 1,
  values: Float32Array.of(1),
  ms: 1,
})

/** Opens each source as a session named like it. */
export const inspectorAnswers: FakeAnswers = {
  'inspector:model': () => ok(fakeModel),
  'inspector:open': ({ slot, source }) => ok(fakePhoto(String(source.id), slot)),
  'inspector:close': () => ok(undefined),
  'inspector:layer': ({ session, layer: name }) => ok(fakeActivations(session, name)),
}
