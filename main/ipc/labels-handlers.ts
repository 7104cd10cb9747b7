// What the window may ask of the labels of a pair of networks.
import imagenetClasses from '../../models/imagenet-classes.json'
import { fail, ok, type Result } from '../../preload/contract/errors.ts'
import type { LabelList } from '../../preload/contract/models.ts'
import type { CurrentModel } from '../app/current-model.ts'
import { changeLabels, removeOldLabels, writeCard } from '../models/change-labels.ts'
import { findModel, type InstalledModel, type ModelFolders } from '../models/installed.ts'
import type { ClassName } from '../models/labels.ts'
import { photoSubjects } from '../text/photo-subjects.ts'
import type { TextEncoder } from '../text/text-encoder.ts'
import type { Handlers, LabelsRequestName } from './handle.ts'

export interface LabelsServices {
  readonly current: CurrentModel
  readonly folders: ModelFolders
  readonly texts: TextEncoder
  readonly onProgress: (progress: { readonly id: string; readonly fraction: number }) => void
  readonly onChange: () => void
}

export function labelsHandlers(services: LabelsServices): Pick<Handlers, LabelsRequestName> {
  const { current, folders, texts, onProgress, onChange } = services
  let abort: AbortController | undefined
  return {
    'labels:read': async ({ id }) => {
      const model = await findModel(folders, id)
      if (!model.ok) return model
      const { pair } = model.value.card
      return pair === undefined
        ? fail('refused', 'This model’s labels are its own.')
        : ok({ names: namesOf(model.value), templates: pair.templates })
    },
    'labels:change': async ({ id, list, templates }) => {
      const model = await findModel(folders, id)
      if (!model.ok) return model
      abort?.abort()
      const own = new AbortController()
      abort = own
      const changed = await changeLabels(
        model.value,
        { names: listed(list), templates },
        { texts, signal: own.signal, onProgress: (fraction) => onProgress({ id, fraction }) },
      )
      if (abort === own) abort = undefined
      if (!changed.ok) return changed
      const used: Result<void> =
        id === current.model.card.id ? await current.startAnew(id) : ok(undefined)
      const { card, folder } = model.value
      if (used.ok) await removeOldLabels(changed.value, folder)
      else await writeCard(card, folder)
      onChange()
      return used
    },
    'labels:stop': () => ok(abort?.abort()),
  }
}

const namesOf = ({ labels }: InstalledModel): readonly string[] =>
  Array.from({ length: labels.size }, (_, index) => labels.label(index, 0).name)

function listed(list: LabelList): readonly ClassName[] {
  switch (list.kind) {
    case 'own':
      return list.names.map((name) => ['', name])
    case 'imagenet':
      return imagenetClasses as [wnid: string, name: string][]
    case 'subjects':
      return photoSubjects.map((name) => ['', name])
  }
}
