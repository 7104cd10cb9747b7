// The controls of how maps are coloured: scale, colours, enlargement.
import { Segmented } from '../../../ui/segmented.tsx'
import { Select } from '../../../ui/select.tsx'
import type { MapLook } from './use-map-look.ts'

export function ScaleSwitch({ look }: { readonly look: MapLook }) {
  return (
    <Segmented
      name="Scale"
      value={look.scaleMode}
      choices={[
        ['channel', 'Own scales'],
        ['layer', 'One scale'],
      ]}
      onChange={look.chooseScaleMode}
    />
  )
}

export function ColourSelect({ look }: { readonly look: MapLook }) {
  return (
    <Select
      bare
      name="Colours"
      value={look.colourChoice}
      choices={[
        ['auto', 'Fitting colours'],
        ['ember', 'Ember'],
        ['grey', 'Grey'],
        ['polar', 'Blue to amber'],
      ]}
      onChange={look.chooseColours}
    />
  )
}

export function EnlargementSwitch({ look }: { readonly look: MapLook }) {
  return (
    <Segmented
      name="Enlargement"
      value={look.enlargement}
      choices={[
        ['squares', 'Squares'],
        ['smooth', 'Smooth'],
      ]}
      onChange={look.chooseEnlargement}
    />
  )
}
