// The justified grid: renders the rows in sight and turns clicks and keys into moves.
import './photo-grid.css'
import { type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { ListedPhotos } from '../../state/query-slice.ts'
import { useElementSize } from '../../ui/use-element-size.ts'
import { useLatent } from '../../use-latent.ts'
import { type JustifiedLayout, justify } from './justified-layout.ts'
import { PhotoMenu } from './photo-menu.tsx'
import { PhotoTile, tileElementId } from './photo-tile.tsx'
import { rowOfPhoto } from './row-search.ts'
import { useBand } from './use-band.ts'
import { useGridKeys } from './use-grid-keys.ts'
import { useGridScroll } from './use-grid-scroll.ts'
import { usePhotoMenu } from './use-photo-menu.ts'

const gapPx = 4
/** Room on both sides of the rows; the scrollbar stands in the right one. */
const sidePx = 8

/** The photo under the pointer by its tile's `data-index`, and whether its check mark was hit. */
function hitOf(event: MouseEvent): { index: number; onCheck: boolean } | null {
  if (!(event.target instanceof Element)) return null
  const tile = event.target.closest<HTMLElement>('[data-index]')
  if (tile === null) return null
  return {
    index: Number(tile.dataset.index),
    onCheck: event.target.closest('[data-check]') !== null,
  }
}

/** The element ids of a row's tiles, which stand beside it so that they keep their images. */
const cellsOfRow = (list: ListedPhotos, layout: JustifiedLayout, row: number): string =>
  Array.from(
    list.ids.subarray(layout.rowStarts[row], layout.rowStarts[row + 1]),
    tileElementId,
  ).join(' ')

export function PhotoGrid({ list }: { readonly list: ListedPhotos }) {
  const rowHeightPx = useLatent((state) => state.settings.rowHeightPx)
  const selection = useLatent((state) => state.selection)
  const previewId = useLatent((state) => state.previewId)
  const pick = useLatent((state) => state.pick)
  const openPreview = useLatent((state) => state.openPreview)
  const clearSelected = useLatent((state) => state.clearSelected)
  const showRange = useLatent((state) => state.showRange)
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const [measure, size] = useElementSize()

  const containerWidthPx = Math.max(1, size.widthPx - 2 * sidePx)
  const content = useMemo(() => {
    const shape = { containerWidthPx, rowHeightPx, gapPx }
    const layout = justify(list.widthsPx, list.heightsPx, shape)
    return { layout, ids: list.ids, queryCount: list.queryCount }
  }, [list, containerWidthPx, rowHeightPx])
  const { layout } = content
  const scroll = useGridScroll(scroller, content, size.heightPx)
  const { view } = scroll

  const firstIndex = layout.rowStarts[Math.min(view.firstRow, layout.rowCount)] ?? 0
  const endIndex = layout.rowStarts[Math.min(view.endRow, layout.rowCount)] ?? 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new list needs fresh rows for the same range
  useEffect(() => showRange(firstIndex, endIndex), [showRange, firstIndex, endIndex, list])

  const focusIndex = selection.focusId === null ? -1 : list.ids.indexOf(selection.focusId)
  const { bringIntoSight } = scroll
  useEffect(() => {
    if (previewId !== null && focusIndex >= 0) bringIntoSight(focusIndex)
  }, [previewId, focusIndex, bringIntoSight])

  const onKeyDown = useGridKeys({ list, layout, scroll, focusIndex, viewportPx: size.heightPx })
  const band = useBand(scroller, { list, layout, originPx: view.originPx, sidePx })
  const photoMenu = usePhotoMenu()
  const pointerDown = useRef(false)

  const onClick = (event: MouseEvent): void => {
    if (band.endsDrag()) return
    const hit = hitOf(event)
    const id = hit === null ? undefined : list.ids[hit.index]
    if (hit === null || id === undefined) clearSelected()
    else if (event.shiftKey) pick(id, 'extend')
    else if (event.ctrlKey || event.metaKey || hit.onCheck) pick(id, 'toggle')
    else pick(id, 'only')
  }
  const onDoubleClick = (event: MouseEvent): void => {
    const hit = hitOf(event)
    const id = hit === null || hit.onCheck ? undefined : list.ids[hit.index]
    if (id !== undefined) openPreview(id)
  }

  const indices: number[] = []
  if (focusIndex >= 0 && focusIndex < firstIndex) indices.push(focusIndex)
  for (let index = firstIndex; index < endIndex; index++) indices.push(index)
  if (focusIndex >= endIndex) indices.push(focusIndex)

  const rows: number[] = []
  for (let row = view.firstRow; row < Math.min(view.endRow, layout.rowCount); row++) rows.push(row)

  return (
    <div className="grid-edge">
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot hold a justified, virtualised layout */}
      <div
        ref={(element) => {
          setScroller(element)
          return measure(element)
        }}
        className="grid"
        role="grid"
        aria-label="Photos"
        aria-multiselectable="true"
        aria-rowcount={layout.rowCount}
        aria-activedescendant={
          selection.focusId === null || focusIndex < 0
            ? undefined
            : tileElementId(selection.focusId)
        }
        tabIndex={0}
        onScroll={scroll.onScroll}
        onKeyDown={(event) => {
          event.currentTarget.dataset.keyboard = ''
          onKeyDown(event)
        }}
        onFocus={(event) => {
          if (!pointerDown.current) event.currentTarget.dataset.keyboard = ''
        }}
        onPointerDown={(event) => {
          pointerDown.current = true
          delete event.currentTarget.dataset.keyboard
          band.onPointerDown(event)
        }}
        onPointerUp={() => {
          pointerDown.current = false
        }}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
        onContextMenu={(event) => {
          const hit = hitOf(event)
          photoMenu.open(event, hit === null ? undefined : list.ids[hit.index])
        }}
      >
        <div className="grid-track" role="presentation" style={{ height: scroll.trackPx }}>
          {rows.map((row) => (
            // biome-ignore lint/a11y/useFocusableInteractive: rows only group the cells for assistive technology
            // biome-ignore lint/a11y/useSemanticElements: see the grid
            <div
              key={row}
              role="row"
              aria-rowindex={row + 1}
              aria-owns={cellsOfRow(list, layout, row)}
            />
          ))}
          {indices.map((index) => {
            const id = list.ids[index] ?? 0
            const row = rowOfPhoto(layout, index)
            return (
              <PhotoTile
                key={id}
                id={id}
                index={index}
                column={index - (layout.rowStarts[row] ?? 0)}
                leftPx={layout.leftsPx[index] ?? 0}
                topPx={(layout.rowTopsPx[row] ?? 0) - view.originPx}
                widthPx={layout.widthsPx[index] ?? 0}
                heightPx={layout.rowHeightsPx[row] ?? 0}
                selected={selection.ids.has(id)}
                focused={index === focusIndex}
                flying={view.flying}
              />
            )
          })}
          <div ref={band.element} className="grid-band" hidden />
        </div>
      </div>
      {photoMenu.menu && <PhotoMenu menu={photoMenu.menu} onClose={photoMenu.close} />}
    </div>
  )
}
