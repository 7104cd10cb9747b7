// How the model in use does on a library's photos: against another model, and against the truth.
import type { ModelAgreement } from '../../preload/contract/models.ts'
import type { ModelAccuracy, Truth, WrongPhotos } from '../../preload/contract/truth.ts'
import { type ClassFinder, classFinder } from '../models/class-finder.ts'
import { imagenet1k, type LabelSet } from '../models/labels.ts'
import type { OpenStore } from '../store/store-client.ts'
import type { LibraryModel, OtherModel } from './library-model.ts'
import type { LibraryPhotos } from './library-photos.ts'
import { agreementOf } from './model-agreement.ts'
import type { JudgedPhotos } from './truth/accuracy.ts'
import { measureAccuracy } from './truth/measure-accuracy.ts'

/** Photos of one difference between two models. */
const shownExamples = 8
/** Photos that a model gets wrong. */
const shownWrong = 60
/** Classes that a search offers. */
const foundClasses = 40

export interface ModelJudgementOptions {
  readonly store: OpenStore
  readonly model: () => LibraryModel
  readonly photos: LibraryPhotos
}

export class ModelJudgement {
  private finder: { readonly labels: LabelSet; readonly classes: ClassFinder } | undefined

  constructor(private readonly options: ModelJudgementOptions) {}

  /** Where the model in use and another one agree about the photos. */
  async agreementWith({ spec, labels }: OtherModel): Promise<ModelAgreement> {
    const { store } = this.options
    const other = { id: spec.id, sha256: spec.sha256, labelling: spec.labelling }
    const pairs = await store.pairsWith(other)
    const { differences, ...found } = agreementOf(pairs, this.options.model().labels, labels)
    return {
      otherId: spec.id,
      ...found,
      differences: await Promise.all(
        differences.map(async ({ own, other: otherClass, ownName, otherName, count }) => {
          const pair = { own, other: otherClass }
          const ids = await store.photosOfPair(other, pair, shownExamples)
          return { ownName, otherName, count, examples: await this.options.photos.rows(ids) }
        }),
      ),
    }
  }

  /** Classes of the model in use; ImageNet's for an encoder, which has none. */
  searchClasses(text: string): readonly Truth[] {
    return this.classes().search(text, foundClasses)
  }

  /** How often the model in use, and another one, say what photos really show. */
  async accuracy(other: OtherModel | null): Promise<ModelAccuracy> {
    const { accuracy, wrong } = await this.judged(other)
    const shown = async (ids: readonly number[]): Promise<WrongPhotos> => ({
      count: ids.length,
      examples: await this.options.photos.rows(ids.slice(0, shownWrong)),
    })
    const [own, others, both] = await Promise.all([wrong.own, wrong.other, wrong.both].map(shown))
    const nothing: WrongPhotos = { count: 0, examples: [] }
    return {
      ...accuracy,
      wrong: { own: own ?? nothing, other: others ?? nothing, both: both ?? nothing },
    }
  }

  /** @param other as well, or only the model in use */
  judged(other: OtherModel | null): Promise<JudgedPhotos> {
    const { modelId, labels } = this.options.model()
    return measureAccuracy(
      this.options.store,
      { modelId, labels },
      other === null ? null : { modelId: other.spec.id, ...other.spec, labels: other.labels },
    )
  }

  private classes(): ClassFinder {
    const { labels } = this.options.model()
    if (this.finder?.labels !== labels) {
      this.finder = { labels, classes: classFinder(labels.size > 0 ? labels : imagenet1k) }
    }
    return this.finder.classes
  }
}
