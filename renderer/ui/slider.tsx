// A slider with its value beside it.
import './slider.css'
import type { CSSProperties, ReactNode } from 'react'

interface SliderProps {
  readonly name: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step: number
  readonly onChange: (value: number) => void
  /** How the value reads, for the eye and for assistive technology. */
  readonly text: string
  readonly label?: ReactNode
  readonly showValue?: boolean
}

export function Slider(props: SliderProps) {
  const { name, value, min, max, step, onChange, text, label, showValue = true } = props
  const filled = `${((value - min) / (max - min)) * 100}%`
  return (
    <span className="slider" title={name}>
      {label}
      <input
        type="range"
        aria-label={name}
        aria-valuetext={text}
        value={value}
        min={min}
        max={max}
        step={step}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
        style={{ '--filled': filled } as CSSProperties /* React's type lacks custom properties */}
      />
      {showValue && <output>{text}</output>}
    </span>
  )
}
