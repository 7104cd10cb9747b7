// Every request the renderer can make: its input schema and its output type, in one object.
import { z } from 'zod'
import type { ActivationAtlas, ActivationAtlasStatus, AtlasCellDetail } from './activation-atlas.ts'
import { activationAtlasInputs } from './activation-atlas.ts'
import type {
  CloudClusters,
  CloudMorph,
  CloudNeighbour,
  CloudPlace,
  CloudPoints,
  CloudPositions,
  CloudStatus,
} from './cloud.ts'
import { cloudInputs } from './cloud.ts'
import type {
  AppInfo,
  EngineStatus,
  Inspection,
  Job,
  LabelCount,
  LibrarySummary,
  PhotoDetail,
  PhotoList,
  PhotoRow,
  Problem,
  RecentLibrary,
  Revealed,
  Settings,
} from './domain.ts'
import { photoFilter, photoId, photoSort, settings } from './domain.ts'
import type { Result } from './errors.ts'
import type {
  Attribution,
  Dream,
  InspectedPhoto,
  InspectorModel,
  KernelReading,
  LayerActivations,
  PenultimateVector,
  PointReading,
  UnitPatch,
  UnitPhotos,
} from './inspector.ts'
import { inspectorSlot } from './inspector.ts'
import { exportRequest, inspectorInputs } from './inspector-inputs.ts'
import type {
  ModelAgreement,
  ModelCheck,
  ModelLabels,
  ModelsOverview,
  TrialAnswer,
} from './models.ts'
import { modelInputs } from './models.ts'
import type { CudaStatus, NvidiaDiagnosis } from './providers.ts'
import type { ModelAccuracy, SaidTruth, Truth } from './truth.ts'
import { truthInputs } from './truth.ts'

interface Request<Input extends z.ZodType, Output> {
  readonly input: Input
  /** Carries the output type only; never set. */
  readonly output?: Output
}

const request =
  <Output>() =>
  <Input extends z.ZodType>(input: Input): Request<Input, Output> => ({ input })

const nothing = z.undefined()
const ids = z.array(photoId).max(1_000_000)
const libraryId = z.string().regex(/^[0-9a-f]{16}$/)
const path = z.string().min(1).max(32_767)

export const requests = {
  'app:info': request<AppInfo>()(nothing),
  /** Starts the app again with the processor drawing the Cloud. */
  'app:restart-in-software': request<void>()(nothing),
  'settings:get': request<Settings>()(nothing),
  'settings:set': request<Settings>()(settings.partial()),
  'engine:status': request<EngineStatus>()(nothing),
  /** Forgets what is known of execution providers and tries all of them anew. */
  'providers:try-again': request<void>()(nothing),
  /** What CUDA lacks; null on systems where it is not asked. */
  'providers:nvidia': request<NvidiaDiagnosis | null>()(nothing),
  /** Null where nothing has to be fetched for CUDA, or nothing can be. */
  'providers:cuda': request<CudaStatus | null>()(nothing),
  /** Asks the server how large the libraries are; fetches none of them. */
  'providers:cuda-ask': request<void>()(nothing),
  /** Begins or goes on with the download; ends in another trial of every provider. */
  'providers:cuda-download': request<void>()(nothing),
  'providers:cuda-pause': request<void>()(nothing),
  /** Removes what was fetched. */
  'providers:cuda-remove': request<void>()(nothing),

  /** Shows the system's folder dialog; null when it was dismissed. */
  'library:pick': request<LibrarySummary | null>()(nothing),
  /** Only preload calls it, with the path of a folder that a person dropped. */
  'library:open-path': request<LibrarySummary>()(z.object({ path })),
  'library:open-recent': request<LibrarySummary>()(z.object({ id: libraryId })),
  'library:forget-recent': request<readonly RecentLibrary[]>()(z.object({ id: libraryId })),
  'library:recent': request<readonly RecentLibrary[]>()(nothing),
  'library:current': request<LibrarySummary | null>()(nothing),
  /** Looks for new, changed and missing files again; answers with the job's id. */
  'library:rescan': request<string>()(nothing),
  'library:close': request<void>()(nothing),

  'photos:query': request<PhotoList>()(z.object({ filter: photoFilter, sort: photoSort })),
  /** Rows in the order asked for; unknown ids are left out. At most 2,000 a call. */
  'photos:rows': request<readonly PhotoRow[]>()(z.object({ ids: z.array(photoId).max(2000) })),
  'photos:detail': request<PhotoDetail>()(z.object({ id: photoId })),
  /** Photos per best label under the filter (its own `labels` are ignored), most first. */
  'photos:label-counts': request<readonly LabelCount[]>()(z.object({ filter: photoFilter })),
  'photos:problems': request<readonly Problem[]>()(nothing),
  /** Each folder once; where that would be many windows, none unless `sure`. */
  'photos:reveal': request<Revealed>()(z.object({ ids, sure: z.boolean() })),
  /** Puts their paths on the clipboard, one a line. */
  'photos:copy-paths': request<void>()(z.object({ ids })),
  /** Analyses these again, whatever their status; answers with the job's id. */
  'photos:retry': request<string>()(z.object({ ids })),

  /** Keeps what a person says photos show; answers with what was said before. */
  'truth:say': request<readonly SaidTruth[]>()(truthInputs.say),
  /** Classes of the model in use whose names contain the text, best match first. */
  'truth:search': request<readonly Truth[]>()(truthInputs.search),
  /** How often the model in use, and another one, say what photos really show. */
  'truth:accuracy': request<ModelAccuracy>()(truthInputs.accuracy),

  'jobs:list': request<readonly Job[]>()(nothing),
  'jobs:pause': request<void>()(z.object({ id: z.string() })),
  'jobs:resume': request<void>()(z.object({ id: z.string() })),
  'jobs:cancel': request<void>()(z.object({ id: z.string() })),

  /** Only preload calls it, with the path of a file that a person dropped. */
  'inspect:path': request<Inspection>()(z.object({ path })),
  /** A pasted image; at most 256 MiB. */
  'inspect:bytes': request<Inspection>()(
    z.object({ name: z.string().max(255), bytes: z.instanceof(Uint8Array) }),
  ),
  /** Adds the inspected file to the open library. */
  'inspect:add': request<void>()(z.object({ id: z.string() })),
  /** Everything about a network that does not depend on a photo. */
  'inspector:model': request<InspectorModel>()(
    z.object({ modelId: z.string().max(100).optional() }),
  ),
  'inspector:open': request<InspectedPhoto>()(inspectorInputs.open),
  /** Ends a slot's work and frees its activations. */
  'inspector:close': request<void>()(z.object({ slot: inspectorSlot })),
  'inspector:layer': request<LayerActivations>()(inspectorInputs.layer),
  'inspector:point': request<PointReading>()(inspectorInputs.point),
  'inspector:kernel-point': request<KernelReading>()(inspectorInputs.kernelPoint),
  /** One at a time a session: a new one ends the one before, which then fails with `cancelled`. */
  'inspector:attribution': request<Attribution>()(inspectorInputs.attribution),
  /** Nobody looks at it any more. */
  'inspector:attribution-end': request<void>()(inspectorInputs.session),
  'inspector:vector': request<PenultimateVector>()(inspectorInputs.session),
  'inspector:unit-photos': request<UnitPhotos>()(inspectorInputs.unit),
  'inspector:unit-patch': request<UnitPatch>()(inspectorInputs.unitPatch),
  /** Starts a dream, or finds it again: the same layer, channel, steps and seed give the same. */
  'inspector:dream': request<Dream>()(inspectorInputs.dream),
  'inspector:dream-cancel': request<void>()(inspectorInputs.dreamId),
  /** Asks where to save; answers with the file's path, or null when the dialog was dismissed. */
  'inspector:export': request<string | null>()(exportRequest),

  /** Null when no library is open. The first call for a library begins to lay it out. */
  'cloud:open': request<CloudStatus | null>()(nothing),
  'cloud:points': request<CloudPoints>()(nothing),
  'cloud:positions': request<CloudPositions>()(nothing),
  'cloud:clusters': request<CloudClusters>()(nothing),
  /** Lays out anew, turned to lie as before; remembered for the library. */
  'cloud:lay-out': request<void>()(cloudInputs.settings),
  /** Ends the work on a layout; what is shown stays. */
  'cloud:stop': request<void>()(nothing),
  /** RGB, [ids, 32, 32, 3]; photos without a tile are black. */
  'cloud:tiles': request<Uint8Array>()(cloudInputs.tiles),
  /** By exact search over the embeddings, best first, without those asked about. */
  'cloud:neighbours': request<readonly CloudNeighbour[]>()(cloudInputs.neighbours),
  /** How alike each point is, -1 to 1, in the order of the points. */
  'cloud:similarities': request<Float32Array>()(cloudInputs.similarities),
  /** How much each point is what a text describes, in the order of the points. */
  'cloud:described': request<Float32Array>()(cloudInputs.described),
  /** Where another model would lay the points; its layout is made when it is not there yet. */
  'cloud:morph': request<CloudMorph>()(cloudInputs.morph),
  'cloud:morph-stop': request<void>()(nothing),
  /** Where a dropped image would lie; moves nothing. */
  'cloud:place': request<CloudPlace>()(cloudInputs.place),

  /** Whether there is an atlas of this layer on disk; null when no library is open. */
  'activation-atlas:open': request<ActivationAtlasStatus | null>()(activationAtlasInputs.layer),
  /** Makes one, going on from what was sampled before; ends the making of any other. */
  'activation-atlas:make': request<void>()(activationAtlasInputs.make),
  'activation-atlas:stop': request<void>()(nothing),
  'activation-atlas:map': request<ActivationAtlas>()(nothing),
  'activation-atlas:cell': request<AtlasCellDetail>()(activationAtlasInputs.cell),
  /** The cells whose dreams are wanted now, most wanted first; those not named are dropped. */
  'activation-atlas:dreams': request<void>()(activationAtlasInputs.dreams),

  'models:overview': request<ModelsOverview>()(nothing),
  /** Answers when the model runs, or cannot: the one before then stays in use. */
  'models:use': request<void>()(modelInputs.model),
  'models:verify': request<ModelCheck>()(modelInputs.model),
  'models:remove': request<void>()(modelInputs.model),
  /** Removes what a model that is not in use found out about the open library. */
  'models:remove-results': request<void>()(modelInputs.results),
  /** Compares what the model in use and another one say to the photos of the open library. */
  'models:agreement': request<ModelAgreement>()(modelInputs.model),
  /** Asks for a file and tries it; null when the dialog was dismissed. */
  'models:pick': request<TrialAnswer | null>()(nothing),
  /** Only preload calls it, with the path of a file that a person dropped. */
  'models:try-path': request<TrialAnswer>()(modelInputs.path),
  /** Tries a file again with what a person says of it. */
  'models:try-again': request<TrialAnswer>()(modelInputs.again),
  /** Asks for a file with a name for each class, a line each; its name, or null. */
  'models:pick-labels': request<string | null>()(modelInputs.trial),
  /** Asks for a text network and its tokenizer.json; the network's name, or null. */
  'models:pick-text': request<string | null>()(modelInputs.trial),
  'models:drop-labels': request<void>()(modelInputs.trial),
  /** Installs what was tried; answers with its id. */
  'models:install': request<string>()(modelInputs.install),
  'models:discard': request<void>()(modelInputs.trial),
  /** Begins or goes on with a download, the only thing that Latent ever fetches. */
  'models:download': request<void>()(modelInputs.model),
  'models:pause-download': request<void>()(modelInputs.model),
  /** Ends a download and removes what there is of it. */
  'models:cancel-download': request<void>()(modelInputs.model),

  /** Labels of a model that came with a text network. */
  'labels:read': request<ModelLabels>()(modelInputs.model),
  /** Answers when the model runs with them; the library then renews the labels of its photos. */
  'labels:change': request<void>()(modelInputs.labels),
  /** Ends the change that is under way; all stays as it was. */
  'labels:stop': request<void>()(nothing),

  /** Tells what a dropped path is: a model by its ending, a folder that holds a pair of networks as well. Only preload calls it. */
  'inspect:kind': request<'folder' | 'model' | 'file' | 'other'>()(z.object({ path })),
} as const

export type RequestName = keyof typeof requests
export type RequestInput<Name extends RequestName> = z.input<(typeof requests)[Name]['input']>
export type RequestParsed<Name extends RequestName> = z.output<(typeof requests)[Name]['input']>
export type RequestOutput<Name extends RequestName> =
  (typeof requests)[Name] extends Request<z.ZodType, infer Output> ? Output : never
export type RequestResult<Name extends RequestName> = Result<RequestOutput<Name>>

/** Requests that carry a path: the renderer may not make them, preload makes them for it. */
export const pathRequests = [
  'library:open-path',
  'inspect:path',
  'inspect:kind',
  'models:try-path',
] as const satisfies readonly RequestName[]
export type PathRequestName = (typeof pathRequests)[number]
export type OpenRequestName = Exclude<RequestName, PathRequestName>
