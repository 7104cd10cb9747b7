// Which network the photo is looked at with.
import { Select } from '../../ui/select.tsx'
import { useLatent } from '../../use-latent.ts'

export function ModelPicker() {
  const models = useLatent((state) => state.models)
  const chosen = useLatent((state) => state.inspectorModelId)
  const choose = useLatent((state) => state.chooseInspectorModel)
  if (models === null) return null
  const usable = models.installed.filter(({ broken }) => broken === '')
  return (
    <Select
      bare
      name="Network"
      value={chosen ?? models.currentId}
      choices={usable.map(({ id, name }) => [id, name] as const)}
      onChange={(id) => void choose(id)}
    />
  )
}
