// The network as a column of blocks in the order of computation; one of them is looked at.
import './network-column.css'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { InspectorModel } from '../../../../preload/contract/inspector.ts'
import { formatCounted } from '../../../ui/format.ts'
import { useLatent } from '../../../use-latent.ts'
import { LayerBlock, layerElementId } from './layer-block.tsx'
import { parameterWords } from './layer-words.ts'

const viewsOfLayers = ['activations', 'unit', 'compare']

export function NetworkColumn({ model }: { readonly model: InspectorModel | null }) {
  const layerName = useLatent((state) => state.layerName)
  const view = useLatent((state) => state.inspectorView)
  const chooseLayer = useLatent((state) => state.chooseLayer)
  const showView = useLatent((state) => state.showInspectorView)
  const list = useRef<HTMLDivElement>(null)
  const layers = model?.layers ?? []
  const at = layers.findIndex(({ name }) => name === layerName)

  useEffect(() => {
    list.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [at])

  /** Other views have no layer of their own: there a chosen one is shown in Activations. */
  const open = (name: string): void => {
    chooseLayer(name)
    if (!viewsOfLayers.includes(view)) showView('activations')
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    const last = layers.length - 1
    const moves: Readonly<Record<string, number>> = {
      ArrowUp: Math.max(0, at - 1),
      ArrowDown: Math.min(last, at + 1),
      PageUp: Math.max(0, at - 8),
      PageDown: Math.min(last, at + 8),
      Home: 0,
      End: last,
    }
    const next = layers[moves[event.key] ?? -1]
    if (next !== undefined) chooseLayer(next.name)
    else if ((event.key === 'Enter' || event.key === ' ') && at >= 0) open(layerName)
    else return
    event.preventDefault()
  }

  return (
    <aside className="network-column" aria-labelledby="network-title">
      <header>
        <h2 id="network-title" className="one-line">
          {model?.name ?? 'Network'}
        </h2>
        {model && (
          <p>
            {formatCounted(model.layers.length, 'layer')} · {parameterWords(model.parameterCount)}{' '}
            parameters
          </p>
        )}
      </header>
      {model && (
        <p className="network-input">
          Photo in, 3 × {model.inputSizePx} × {model.inputSizePx}
        </p>
      )}
      <div
        ref={list}
        className="network-layers"
        role="listbox"
        aria-label="Layers"
        aria-activedescendant={at < 0 ? undefined : layerElementId(at)}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {layers.map((layer, index) => (
          <LayerBlock
            key={layer.name}
            layer={layer}
            layers={layers}
            at={index}
            chosen={index === at}
            onChoose={open}
          />
        ))}
      </div>
    </aside>
  )
}
