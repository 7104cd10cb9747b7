// The network as a column of blocks in the order of computation; one of them is looked at.
import './network-column.css'
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { InspectorModel } from '../../../../preload/contract/inspector.ts'
import { formatCounted } from '../../../ui/format.ts'
import { useLatent, useLatentStore } from '../../../use-latent.ts'
import { LayerBlock, layerElementId } from './layer-block.tsx'
import { layerRows } from './layer-rows.ts'
import { parameterWords } from './layer-words.ts'

const viewsOfLayers = ['activations', 'unit', 'compare']

export function NetworkColumn({ model }: { readonly model: InspectorModel | null }) {
  const store = useLatentStore()
  const layerName = useLatent((state) => state.layerName)
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set())
  const list = useRef<HTMLDivElement>(null)
  const layers = model?.layers ?? noLayers
  const rows = useMemo(() => layerRows(layers, unfolded), [layers, unfolded])
  const at = rows.findIndex(({ layer }) => layer.name === layerName)
  const row = rows[at]

  useEffect(() => {
    list.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [at])

  /** Other views have no layer of their own: there a chosen one is shown in Activations. */
  const open = useCallback(
    (name: string): void => {
      const state = store.getState()
      state.chooseLayer(name)
      if (!viewsOfLayers.includes(state.inspectorView)) state.showInspectorView('activations')
    },
    [store],
  )
  const fold = useCallback((name: string, open: boolean): void => {
    setUnfolded((before) => {
      const next = new Set(before)
      if (open) next.add(name)
      else next.delete(name)
      return next
    })
  }, [])

  const onKeyDown = (event: KeyboardEvent): void => {
    const last = rows.length - 1
    const moves: Readonly<Record<string, number>> = {
      ArrowUp: Math.max(0, at - 1),
      ArrowDown: Math.min(last, at + 1),
      PageUp: Math.max(0, at - 8),
      PageDown: Math.min(last, at + 8),
      Home: 0,
      End: last,
    }
    const next = rows[moves[event.key] ?? -1]
    if (next !== undefined) store.getState().chooseLayer(next.layer.name)
    else if (row === undefined) return
    else if (event.key === 'Enter' || event.key === ' ') open(layerName)
    else if (event.key === 'ArrowRight' && row.layer.inner.length > 0) fold(layerName, true)
    else if (event.key === 'ArrowLeft' && unfolded.has(layerName)) fold(layerName, false)
    else if (event.key === 'ArrowLeft' && row.parent !== '')
      store.getState().chooseLayer(row.parent)
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
        role="tree"
        aria-label="Layers"
        aria-activedescendant={at < 0 ? undefined : layerElementId(at)}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {rows.map((shown, index) => (
          <LayerBlock
            key={shown.layer.name}
            row={shown}
            layers={layers}
            at={index}
            chosen={index === at}
            unfolded={unfolded.has(shown.layer.name)}
            onChoose={open}
            onFold={fold}
          />
        ))}
      </div>
    </aside>
  )
}

const noLayers: InspectorModel['layers'] = []
