// Goes along the way between two layouts by hand. It follows the scene without React while it plays.
import { Play } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { IconButton } from '../../ui/button.tsx'
import { useLatent, useLatentStore } from '../../use-latent.ts'
import { motionMs } from './glide.ts'
import { useScene } from './scene-context.ts'

interface MorphSliderProps {
  readonly own: string
  readonly other: string
}

const steps = 100
const playMs = 3_500

export function MorphSlider({ own, other }: MorphSliderProps) {
  const scene = useScene()
  const store = useLatentStore()
  const morph = useLatent((state) => state.cloudMorph)
  const input = useRef<HTMLInputElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another way is followed anew
  useEffect(() => {
    if (scene === null) return
    let frame = 0
    const follow = (): void => {
      const percent = Math.round(scene.morphShare() * steps)
      const range = input.current
      if (range !== null && range.valueAsNumber !== percent) {
        range.valueAsNumber = percent
        range.setAttribute('aria-valuetext', `${percent}% on the way to ${other}`)
        range.style.setProperty('--filled', `${percent}%`)
      }
      store.getState().tellMorphAway(percent > 0)
      frame = requestAnimationFrame(follow)
    }
    frame = requestAnimationFrame(follow)
    return () => cancelAnimationFrame(frame)
  }, [scene, morph, other, store])
  return (
    <fieldset className="morph-way">
      <legend>On the way</legend>
      <span className="slider">
        <IconButton
          icon={Play}
          name="Play"
          onClick={() => {
            const there = (scene?.morphShare() ?? 0) > 0.5
            scene?.morph(there ? 0 : 1, motionMs(playMs))
          }}
        />
        <input
          ref={input}
          type="range"
          aria-label={`From ${own} to ${other}`}
          min={0}
          max={steps}
          step={1}
          defaultValue={0}
          onInput={(event) => scene?.morph(event.currentTarget.valueAsNumber / steps, 0)}
        />
      </span>
      <p>
        <small className="one-line">{own}</small>
        <small className="one-line">{other}</small>
      </p>
    </fieldset>
  )
}
