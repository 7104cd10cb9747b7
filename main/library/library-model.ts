// What a library knows of models: the one in use, and others whose results it may hold.
import type { EngineHost } from '../engine/host.ts'
import type { LabelSet } from '../models/labels.ts'
import type { UnitLayer } from '../onnx/rewrites/unit-maxima.ts'
import type { OpenStore } from '../store/store-client.ts'
import type { VectorFile } from '../store/vector-file.ts'
import type { Labeller } from './relabel.ts'

/** What a library knows of the model whose results it shows. */
export interface LibraryModel {
  readonly engine: EngineHost
  readonly labels: LabelSet
  readonly modelId: string
  readonly modelName: string
  /** Order of the network's units, see InstalledCard. */
  readonly unitLayers: readonly UnitLayer[]
  readonly vectors: VectorFile
  /** Of a network whose labels can be chosen. */
  readonly labeller?: Labeller | undefined
}

/** What those need who work with the embeddings themselves. */
export interface EmbeddingSource {
  /** The library's data. */
  readonly home: string
  readonly vectors: VectorFile
  readonly store: OpenStore
  readonly labels: LabelSet
}

/** Another model whose results the library may hold. */
export interface OtherModel {
  readonly spec: {
    readonly id: string
    readonly sha256: string
    readonly labelling?: number | undefined
  }
  readonly labels: LabelSet
}
