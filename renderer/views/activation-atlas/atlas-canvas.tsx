// The map of an atlas: zoomed and moved, its cells pointed at and chosen, by pointer and by keys.
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import type {
  ActivationAtlas,
  AtlasCell,
  AtlasCellPlace,
} from '../../../preload/contract/activation-atlas.ts'
import {
  cellAt,
  cellsWithin,
  type Direction,
  nearestCell,
  neighbourOf,
} from '../../scene/activation-atlas/atlas-grid.ts'
import { AtlasPainter } from '../../scene/activation-atlas/atlas-painter.ts'
import { activeGrid, placeAt, pointOf } from '../../scene/activation-atlas/atlas-view.ts'
import { useElementSize } from '../../ui/use-element-size.ts'
import { useLatent } from '../../use-latent.ts'
import { atlasPictures } from './atlas-pictures.ts'
import { cellWords } from './atlas-words.ts'
import { CellCard } from './cell-card.tsx'
import { useAtlasView } from './use-atlas-view.ts'
import { useWantedDreams } from './use-wanted-dreams.ts'

const keyDirections: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}
const keyZoom = 1.4
/** A press that moves no farther is a click. */
const clickPx = 4

interface Marked {
  readonly side: number
  readonly cell: AtlasCell
}

export function AtlasCanvas({ atlas }: { readonly atlas: ActivationAtlas }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const painter = useRef<AtlasPainter>(null)
  const [measure, size] = useElementSize()
  const [marked, setMarked] = useState<Marked | null>(null)
  const drag = useRef<{ xPx: number; yPx: number; movedPx: number } | null>(null)
  const chosen = useLatent((state) => state.atlasCell)
  const shows = useLatent((state) => state.atlasPictures)
  const dreams = useLatent((state) => state.cellDreams)
  const pick = useLatent((state) => state.pickAtlasCell)

  const draw = (): void => {
    const element = canvas.current
    if (element === null) return
    const style = getComputedStyle(element)
    const look = {
      view: eye.view.current,
      showsDreams: shows === 'dreams',
      marked: marked === null ? null : placeOf(marked),
      chosen,
      // As a colour: the property itself may still hold both themes' values.
      accent: style.caretColor,
      line: style.color,
    }
    painter.current?.render(look, size)
  }
  const eye = useAtlasView(canvas, atlas, size, draw)
  useEffect(draw)
  useEffect(() => {
    if (canvas.current === null) return
    const made = new AtlasPainter(canvas.current, atlas, atlasPictures)
    painter.current = made
    return () => made.dispose()
  }, [atlas])
  useEffect(() => {
    for (const dream of dreams.values())
      if (dream.state === 'done') painter.current?.addDream(dream)
  }, [dreams])

  const level = () => atlas.levels[activeGrid(eye.view.current, atlas.levels)]
  useWantedDreams(() => {
    const grid = level()
    if (grid === undefined) return []
    const [left, top] = placeAt(eye.rested, 0, 0, size)
    const [right, bottom] = placeAt(eye.rested, size.widthPx, size.heightPx, size)
    const visible = cellsWithin(grid, { left, top, right, bottom })
    return visible.map(({ column, row }) => ({ side: grid.side, column, row }))
  }, eye.rested)

  const cellUnder = (event: PointerEvent): Marked | null => {
    const grid = level()
    const [u, v] = placeAt(
      eye.view.current,
      event.nativeEvent.offsetX,
      event.nativeEvent.offsetY,
      size,
    )
    const cell = grid && cellAt(grid, u, v)
    return grid === undefined || cell === undefined ? null : { side: grid.side, cell }
  }
  const step = (direction: Direction): void => {
    const grid = level()
    if (grid === undefined) return
    const from = marked?.side === grid.side ? marked.cell : undefined
    const { u, v } = eye.view.current
    const next = from === undefined ? nearestCell(grid, u, v) : neighbourOf(grid, from, direction)
    if (next === undefined) return
    setMarked({ side: grid.side, cell: next })
    const at = [(next.column + 0.5) / grid.side, (next.row + 0.5) / grid.side] as const
    const [xPx, yPx] = pointOf(eye.view.current, ...at, size)
    const inSight = xPx > 40 && yPx > 40 && xPx < size.widthPx - 40 && yPx < size.heightPx - 40
    if (!inSight) eye.lookAt(...at)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const direction = keyDirections[event.key]
    if (direction !== undefined) step(direction)
    else if (event.key === '+' || event.key === '=') eye.zoom(keyZoom)
    else if (event.key === '-') eye.zoom(1 / keyZoom)
    else if (event.key === '0' || event.key === 'Home') eye.fit()
    else if (event.key === 'Enter' && marked !== null) void pick(placeOf(marked))
    else if (event.key === 'Escape' && chosen !== null) void pick(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="atlas-map" ref={measure}>
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a canvas moved by hand and by key */}
      <canvas
        ref={canvas}
        role="application"
        aria-label="Activation atlas"
        aria-describedby="atlas-says"
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          drag.current = { xPx: event.clientX, yPx: event.clientY, movedPx: 0 }
        }}
        onPointerMove={(event) => {
          const held = drag.current
          if (held === null) {
            const under = cellUnder(event)
            if (under?.cell !== marked?.cell) setMarked(under)
            return
          }
          const [dx, dy] = [event.clientX - held.xPx, event.clientY - held.yPx]
          const movedPx = held.movedPx + Math.abs(dx) + Math.abs(dy)
          drag.current = { xPx: event.clientX, yPx: event.clientY, movedPx }
          if (movedPx > clickPx) eye.pan(dx, dy)
        }}
        onPointerUp={(event) => {
          const held = drag.current
          drag.current = null
          if (held === null || held.movedPx > clickPx) return
          const under = cellUnder(event)
          setMarked(under)
          void pick(under === null ? null : placeOf(under))
        }}
        onPointerCancel={() => {
          drag.current = null
        }}
        onPointerLeave={() => setMarked(null)}
        onDoubleClick={(event) => eye.zoom(2, event.nativeEvent.offsetX, event.nativeEvent.offsetY)}
      />
      {marked !== null && (
        <CellCard
          cell={marked.cell}
          at={pointOf(
            eye.view.current,
            (marked.cell.column + 1) / marked.side,
            (marked.cell.row + 0.5) / marked.side,
            size,
          )}
          cellPx={eye.view.current.scalePx / marked.side}
          roomPx={size}
        />
      )}
      <p id="atlas-says" className="for-readers" role="status">
        {marked === null
          ? 'Arrow keys go from cell to cell, plus and minus zoom, Enter opens a cell.'
          : cellWords(marked.cell)}
      </p>
    </div>
  )
}

const placeOf = ({ side, cell: { column, row } }: Marked): AtlasCellPlace => ({
  side,
  column,
  row,
})
