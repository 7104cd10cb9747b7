// How maps are coloured and enlarged, chosen once for all views.
import { useMemo } from 'react'
import type { ColourMapName } from '../../../scene/colour-maps.ts'
import type { ScaleMode } from '../../../scene/map-scale.ts'
import { useRemembered } from '../../../ui/use-remembered.ts'

const colourChoices = ['auto', 'ember', 'grey', 'polar'] as const
const scaleModes = ['channel', 'layer'] as const
const enlargements = ['squares', 'smooth'] as const

export type ColourChoice = (typeof colourChoices)[number]
export type Enlargement = (typeof enlargements)[number]

export interface MapLook {
  readonly colourChoice: ColourChoice
  readonly chooseColours: (choice: ColourChoice) => void
  /** The colours for values with or without a sign. */
  readonly coloursFor: (signed: boolean) => ColourMapName
  readonly scaleMode: ScaleMode
  readonly chooseScaleMode: (mode: ScaleMode) => void
  readonly enlargement: Enlargement
  readonly chooseEnlargement: (enlargement: Enlargement) => void
}

export function useMapLook(): MapLook {
  const [colourChoice, chooseColours] = useRemembered('inspector.colours', colourChoices)
  const [scaleMode, chooseScaleMode] = useRemembered('inspector.scale', scaleModes)
  const [enlargement, chooseEnlargement] = useRemembered('inspector.enlargement', enlargements)
  const coloursFor = useMemo(
    () =>
      (signed: boolean): ColourMapName =>
        colourChoice === 'auto' ? (signed ? 'polar' : 'ember') : colourChoice,
    [colourChoice],
  )
  return {
    colourChoice,
    chooseColours,
    coloursFor,
    scaleMode,
    chooseScaleMode,
    enlargement,
    chooseEnlargement,
  }
}
