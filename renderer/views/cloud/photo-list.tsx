// The selected or shown photos as a list: the same choice without a pointer and without sight.
import './photo-list.css'
import { useCallback, useMemo, useState } from 'react'
import { type CloudData, placeOf } from '../../state/cloud-points.ts'
import { formatCount, formatCounted, formatShare } from '../../ui/format.ts'
import { thumbUrl } from '../../ui/image-urls.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { VirtualListbox } from '../../ui/virtual-listbox.tsx'
import { useLatent } from '../../use-latent.ts'

interface PhotoListProps {
  readonly data: CloudData
  readonly shownIds: Uint32Array
}

const rowHeightPx = 46

export function PhotoList({ data, shownIds }: PhotoListProps) {
  const selection = useLatent((state) => state.selection)
  const pick = useLatent((state) => state.pick)
  const openPreview = useLatent((state) => state.openPreview)
  const showPhotos = useLatent((state) => state.showPhotos)
  const [of, setOf] = useState<'shown' | 'selected'>('shown')
  const ids = useMemo(
    () => (of === 'shown' ? shownIds : Uint32Array.from(selection.ids).sort()),
    [of, shownIds, selection.ids],
  )
  const active = selection.focusId === null ? -1 : placeOf(ids, selection.focusId)
  const onSight = useCallback(
    (from: number, end: number) => showPhotos([...ids.subarray(from, end)]),
    [ids, showPhotos],
  )
  const idAt = (index: number): number => ids[index] ?? 0
  return (
    <div className="photo-list">
      <Segmented
        name="Photos in the list"
        value={of}
        choices={[
          ['shown', `Shown ${formatCount(shownIds.length)}`],
          ['selected', `Selected ${formatCount(selection.ids.size)}`],
        ]}
        onChange={setOf}
      />
      {ids.length === 0 && (
        <p className="panel-note">
          {of === 'shown'
            ? 'No photo passes what is asked for.'
            : 'Nothing is selected. Space selects the photo that the list is on.'}
        </p>
      )}
      <VirtualListbox
        name={formatCounted(ids.length, 'photo')}
        count={ids.length}
        rowHeightPx={rowHeightPx}
        active={active}
        isSelected={(index) => selection.ids.has(idAt(index))}
        onActive={(index) => pick(idAt(index), 'focus')}
        onOpen={(index) => openPreview(idAt(index), ids)}
        onChoose={(index, { add }) => pick(idAt(index), add ? 'toggle' : 'only')}
        onSight={onSight}
      >
        {(index) => <Row id={idAt(index)} data={data} />}
      </VirtualListbox>
    </div>
  )
}

function Row({ id, data: { points } }: { readonly id: number; readonly data: CloudData }) {
  const row = useLatent((state) => state.rows.get(id)?.row)
  const libraryId = useLatent((state) => state.library?.id ?? '')
  const place = placeOf(points.ids, id)
  const label = points.classNames[points.classes[place] ?? -1] ?? ''
  return (
    <div className="photo-row" title={row?.name}>
      {row?.hasThumbnail ? (
        <img src={thumbUrl(libraryId, row)} alt="" decoding="async" draggable={false} />
      ) : (
        <i />
      )}
      <span className="one-line">{row?.name ?? '…'}</span>
      <small className="one-line">
        {label !== '' && `${label} ${formatShare(points.probabilities[place] ?? 0)}`}
      </small>
    </div>
  )
}
