// The library by date: a range with two handles over a histogram, and playing through it.
import './timeline.css'
import { Pause, Play, X } from 'lucide-react'
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { CloudData } from '../../state/cloud-points.ts'
import type { TimeSpan } from '../../state/cloud-view-slice.ts'
import { IconButton } from '../../ui/button.tsx'
import { formatWallDay } from '../../ui/format.ts'
import { useLatent, useLatentStore } from '../../use-latent.ts'
import { nextSpan, openedSpan, type TimeHistogram, timeHistogram } from './time-histogram.ts'

const bins = 96
const playsForMs = 12_000
const stepEveryMs = 100

export function Timeline({ data }: { readonly data: CloudData }) {
  const showTimeline = useLatent((state) => state.showTimeline)
  const histogram = useMemo(() => timeHistogram(data.points.takenAtMs, bins), [data.points])
  if (histogram === null) {
    return (
      <section className="timeline cloud-plate" aria-label="Timeline">
        <p>All photos are of the same moment.</p>
        <IconButton icon={X} name="Close the timeline" onClick={() => showTimeline(false)} />
      </section>
    )
  }
  return <OpenTimeline histogram={histogram} />
}

function OpenTimeline({ histogram }: { readonly histogram: TimeHistogram }) {
  const showTimeline = useLatent((state) => state.showTimeline)
  const chosen = useLatent((state) => state.timeSpan)
  const choose = useLatent((state) => state.chooseTimeSpan)
  const { fromMs, toMs, counts, most } = histogram
  const span = {
    fromMs: Math.max(fromMs, chosen?.fromMs ?? fromMs),
    toMs: Math.min(toMs, chosen?.toMs ?? toMs),
  }
  const [playing, setPlaying] = usePlaying(histogram)
  const change = (next: TimeSpan): void => choose(openedSpan(next, histogram))
  return (
    <section className="timeline cloud-plate" aria-label="Timeline">
      <IconButton
        icon={playing ? Pause : Play}
        name={playing ? 'Pause' : 'Play by date'}
        onClick={() => setPlaying(!playing)}
      />
      <div className="timeline-body">
        <TimelineTrack span={span} histogram={histogram} onChange={change}>
          <svg viewBox={`0 0 ${bins} 1`} preserveAspectRatio="none" aria-hidden="true">
            {Array.from(counts, (count, bin) => {
              const middleMs = fromMs + ((bin + 0.5) / bins) * (toMs - fromMs)
              const height = count === 0 ? 0 : Math.max(0.06, Math.sqrt(count / most))
              return (
                <rect
                  // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its number
                  key={bin}
                  x={bin + 0.1}
                  y={1 - height}
                  width={0.8}
                  height={height}
                  data-in={(middleMs >= span.fromMs && middleMs <= span.toMs) || undefined}
                />
              )
            })}
          </svg>
        </TimelineTrack>
        <p>
          <span>{formatWallDay(span.fromMs)}</span>
          <span>{formatWallDay(span.toMs)}</span>
        </p>
      </div>
      <IconButton icon={X} name="Close the timeline" onClick={() => showTimeline(false)} />
    </section>
  )
}

/** Ten steps a second: enough for the eye, and each is one pass over the points. */
function usePlaying(histogram: TimeHistogram): [boolean, (playing: boolean) => void] {
  const store = useLatentStore()
  const [playing, setPlaying] = useState(false)
  useEffect(() => {
    if (!playing) return
    const { fromMs, toMs } = histogram
    const before = store.getState().timeSpan
    const narrow = before !== null && before.fromMs > fromMs
    const widthMs = narrow ? before.toMs - before.fromMs : 0
    const stepMs = ((toMs - fromMs) * stepEveryMs) / playsForMs
    const timer = setInterval(() => {
      const span = store.getState().timeSpan ?? { fromMs, toMs }
      store
        .getState()
        .chooseTimeSpan(openedSpan(nextSpan(span, histogram, widthMs, stepMs), histogram))
    }, stepEveryMs)
    return () => clearInterval(timer)
  }, [playing, histogram, store])
  return [playing, setPlaying]
}

interface TimelineTrackProps {
  readonly span: TimeSpan
  readonly histogram: TimeHistogram
  readonly onChange: (span: TimeSpan) => void
  readonly children: ReactNode
}

type Grip = 'from' | 'to' | 'both'

function TimelineTrack({ span, histogram, onChange, children }: TimelineTrackProps) {
  const { fromMs, toMs } = histogram
  const track = useRef<HTMLDivElement>(null)
  const drag = useRef<{ grip: Grip; startMs: number; span: TimeSpan } | null>(null)
  const atOf = ({ clientX }: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect()
    if (box === undefined || box.width === 0) return fromMs
    return fromMs + ((clientX - box.left) / box.width) * (toMs - fromMs)
  }
  const clamp = (atMs: number): number => Math.min(toMs, Math.max(fromMs, atMs))
  const move = (grip: Grip, from: TimeSpan, byMs: number): void => {
    if (grip === 'from')
      onChange({ fromMs: Math.min(clamp(from.fromMs + byMs), from.toMs), toMs: from.toMs })
    else if (grip === 'to')
      onChange({ fromMs: from.fromMs, toMs: Math.max(clamp(from.toMs + byMs), from.fromMs) })
    else {
      const held = Math.min(toMs - from.toMs, Math.max(fromMs - from.fromMs, byMs))
      onChange({ fromMs: from.fromMs + held, toMs: from.toMs + held })
    }
  }
  const share = (atMs: number): string => `${((clamp(atMs) - fromMs) / (toMs - fromMs)) * 100}%`
  const handle = (grip: 'from' | 'to', name: string) => (
    <button
      type="button"
      role="slider"
      className="timeline-handle"
      data-grip={grip}
      aria-label={name}
      aria-valuemin={fromMs}
      aria-valuemax={toMs}
      aria-valuenow={grip === 'from' ? span.fromMs : span.toMs}
      aria-valuetext={formatWallDay(grip === 'from' ? span.fromMs : span.toMs)}
      style={{ left: share(grip === 'from' ? span.fromMs : span.toMs) }}
      onKeyDown={(event: KeyboardEvent) => {
        const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key]
        if (step === undefined) return
        event.preventDefault()
        move(grip, span, (step * (toMs - fromMs)) / bins)
      }}
    />
  )
  return (
    <div
      ref={track}
      className="timeline-track"
      onPointerDown={(event) => {
        if (event.button !== 0) return
        const { target } = event
        const name = target instanceof HTMLElement ? target.dataset.grip : undefined
        const startMs = atOf(event)
        const inside = startMs >= span.fromMs && startMs <= span.toMs
        const nearerFrom = Math.abs(startMs - span.fromMs) < Math.abs(startMs - span.toMs)
        const grip: Grip =
          name === 'from' || name === 'to' ? name : inside ? 'both' : nearerFrom ? 'from' : 'to'
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { grip, startMs, span }
      }}
      onPointerMove={(event) => {
        const held = drag.current
        if (held !== null) move(held.grip, held.span, atOf(event) - held.startMs)
      }}
      onPointerUp={() => {
        drag.current = null
      }}
      onPointerCancel={() => {
        drag.current = null
      }}
    >
      {children}
      {handle('from', 'From')}
      {handle('to', 'Until')}
    </div>
  )
}
