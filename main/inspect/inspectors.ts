// The networks that are looked into: an Inspector each, found by its model or by an open photo.
import type { InspectedPhoto, InspectorSlot } from '../../preload/contract/inspector.ts'
import type { InstalledModel } from '../models/installed.ts'
import { CallError } from './calls.ts'
import type { Inspector } from './inspector.ts'
import type { Subject } from './open-looks.ts'

interface Entry {
  readonly sha256: string
  readonly inspector: Inspector
}

/** Several can be alive at once; one that nobody looks into ends its processes by itself. */
export class Inspectors {
  /** By the model's id. */
  private readonly entries = new Map<string, Entry>()

  constructor(private readonly make: (model: InstalledModel) => Inspector) {}

  of(model: InstalledModel): Inspector {
    const { id, float } = model.card
    const known = this.entries.get(id)
    if (known?.sha256 === float.sha256) return known.inspector
    // Another network was installed under the same name.
    this.forget(id)
    const inspector = this.make(model)
    this.entries.set(id, { sha256: float.sha256, inspector })
    return inspector
  }

  /** @throws CallError `not-found` when the photo is not open any more */
  holding(session: string): Inspector {
    for (const { inspector } of this.entries.values()) {
      if (inspector.has(session)) return inspector
    }
    throw new CallError('not-found', 'This photo is no longer open.')
  }

  /** Runs a photo through a network; what the slot showed before is let go, by whatever network. */
  open(slot: InspectorSlot, subject: Subject, model: InstalledModel): Promise<InspectedPhoto> {
    this.close(slot)
    return this.of(model).open(slot, subject)
  }

  close(slot: InspectorSlot): void {
    for (const { inspector } of this.entries.values()) inspector.close(slot)
  }

  /** Ends all work on a model, which is about to be removed. */
  forget(modelId: string): void {
    this.entries.get(modelId)?.inspector.dispose()
    this.entries.delete(modelId)
  }

  dispose(): void {
    for (const id of [...this.entries.keys()]) this.forget(id)
  }
}
