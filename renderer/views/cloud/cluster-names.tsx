// Names of clusters, each where its cluster lies; a name that would cover a larger one's stays away.
import './cluster-names.css'
import { useDeferredValue, useEffect, useMemo, useRef } from 'react'
import type { CloudSceneApi } from '../../scene/cloud/cloud-scene-types.ts'
import type { CloudData } from '../../state/cloud-points.ts'
import type { ElementSize } from '../../ui/use-element-size.ts'
import { useLatent } from '../../use-latent.ts'
import { clusterMiddles } from './cluster-middles.ts'

interface ClusterNamesProps {
  readonly scene: CloudSceneApi
  readonly data: CloudData
  readonly flags: Uint8Array
  readonly roomPx: ElementSize
  /** Calls back whenever the eye has moved; returns the end of it. */
  readonly onceMoved: (listener: () => void) => () => void
}

const mostNames = 24
/** What is left of a cluster may no longer be what it is called. */
const fewestNamed = 3
/** Points glide for about so long after they were told their new places. */
const glidesMs = 900

export function ClusterNames({ scene, data, flags, roomPx, onceMoved }: ClusterNamesProps) {
  // Between two layouts groups are not where they were found.
  const shown = useLatent((state) => state.clusterNamesShown && !state.morphAway)
  // Names may come a moment later than the points: a playing timeline does not wait for them.
  const laterFlags = useDeferredValue(flags)
  const middles = useMemo(
    () =>
      shown
        ? clusterMiddles(data, laterFlags)
            .filter(({ size }) => size >= fewestNamed)
            .slice(0, mostNames)
        : [],
    [shown, data, laterFlags],
  )
  const box = useRef<HTMLDivElement>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another size of the room moves everything
  useEffect(() => {
    let frame = 0
    const place = (): void => {
      const names = [...(box.current?.children ?? [])].filter((e) => e instanceof HTMLElement)
      arrange(
        names,
        middles.map(({ point }) => scene.whereIs(point)),
      )
    }
    const placeSoon = (): void => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(place)
    }
    const untilMs = performance.now() + glidesMs
    const follow = (): void => {
      place()
      if (performance.now() < untilMs) frame = requestAnimationFrame(follow)
    }
    follow()
    const end = onceMoved(placeSoon)
    return () => {
      end()
      cancelAnimationFrame(frame)
    }
  }, [scene, middles, roomPx, onceMoved])

  return (
    <div ref={box} className="cluster-names" aria-hidden="true">
      {middles.map(({ cluster, point }) => (
        <span key={`${cluster} ${point}`}>{data.clusterNames[cluster]}</span>
      ))}
    </div>
  )
}

interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Straight to the page: the eye moves many times a second. */
function arrange(
  names: readonly HTMLElement[],
  places: readonly ({ readonly xPx: number; readonly yPx: number } | null)[],
): void {
  const sizes = names.map(({ offsetWidth, offsetHeight }) => [offsetWidth, offsetHeight] as const)
  const taken: Box[] = []
  names.forEach((name, at) => {
    const place = places[at]
    const [width, height] = sizes[at] ?? [0, 0]
    if (!place) {
      name.style.opacity = '0'
      return
    }
    const left = place.xPx - width / 2
    const top = place.yPx - height / 2
    const box = { left, top, right: left + width, bottom: top + height }
    const free = !taken.some((other) => meet(box, other))
    if (free) taken.push(box)
    name.style.opacity = free ? '1' : '0'
    name.style.transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px)`
  })
}

const gapPx = 6

const meet = (a: Box, b: Box): boolean =>
  a.left < b.right + gapPx &&
  b.left < a.right + gapPx &&
  a.top < b.bottom + gapPx &&
  b.top < a.bottom + gapPx
