// The Models workspace: all models as cards, or the one that was just brought.
import './models-view.css'
import { useEffect } from 'react'
import { useLatent } from '../../use-latent.ts'
import { AccuracyView } from './accuracy-view.tsx'
import { AgreementView } from './agreement-view.tsx'
import { LabelsView } from './labels-view.tsx'
import { ModelImport } from './model-import.tsx'
import { ModelList } from './model-list.tsx'

export function ModelsView() {
  const brought = useLatent((state) => state.brought)
  const models = useLatent((state) => state.models)
  const agreement = useLatent((state) => state.agreement)
  const labelEditor = useLatent((state) => state.labelEditor)
  const accuracy = useLatent((state) => state.accuracy)
  const load = useLatent((state) => state.loadModels)
  useEffect(() => void load(), [load])
  if (brought !== null) return <ModelImport brought={brought} />
  if (agreement !== null && models !== null) {
    return <AgreementView agreement={agreement} models={models} />
  }
  if (labelEditor !== null) return <LabelsView key={labelEditor.id} editor={labelEditor} />
  if (accuracy !== null && models !== null) {
    return <AccuracyView accuracy={accuracy} models={models} />
  }
  if (models === null) return <div className="models" aria-busy="true" />
  return <ModelList models={models} />
}
