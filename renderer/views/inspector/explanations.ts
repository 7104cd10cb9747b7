// The texts beside the views.
import type { InspectorView } from '../../state/inspector-slice.ts'

export interface ViewExplanation {
  readonly title: string
  readonly paragraphs: readonly string[]
  /** What to do to see it for oneself. */
  readonly tries: readonly string[]
}

export const explanations: Readonly<Record<InspectorView, ViewExplanation>> = {
  prediction: {
    title: 'What the network says',
    paragraphs: [
      'The network looks at the bright square of the photo, shrunk to a small picture, and gives each thing it knows a score. The scores become probabilities that add up to one.',
      'It always spreads all of its belief over the things it was taught. Something it never met gets the name of what looks most like it.',
      'Neighbours are names that the network keeps almost the same notes for: it is these that it takes one for the other.',
    ],
    tries: [
      'Choose a label to see where it belongs and what it is mistaken for.',
      'Choose “Why this label” to see which part of the photo speaks for it.',
    ],
  },
  kernels: {
    title: 'The first thing it does',
    paragraphs: [
      'A kernel is a tiny picture. The network slides it over the photo, and at every position multiplies it with the pixels beneath and adds everything up. The sum says how much that spot looks like the kernel.',
      'Nobody drew these pictures. They are what training left behind: edges, stripes, spots of colour.',
      'Sums below zero are cut off. What is left is one map per kernel, and the next layer does the same with these maps.',
    ],
    tries: [
      'Move over the photo and watch patch × kernel become one number.',
      'Take a striped kernel and find an edge of its direction in the photo.',
    ],
  },
  activations: {
    title: 'What each layer sees',
    paragraphs: [
      'Each tile is one channel: a map of where in the photo one particular pattern was found. Light means found, dark means not.',
      'Early maps are large and follow edges and colours. Deeper ones are coarse, and answer to parts: an ear, a wheel, writing.',
      'Deep in the network each value sees more of the photo. The outline shows how much.',
    ],
    tries: [
      'Walk down the network on the left with the arrow keys.',
      'Choose a tile and move over the photo to read its values.',
      'Switch to one scale for the layer to see which channels really shout.',
    ],
  },
  why: {
    title: 'What speaks for a label',
    paragraphs: [
      'Grad-CAM asks the last layer that still knows places: which of them, were they stronger, would raise the score of this label?',
      'Occlusion covers the photo bit by bit and watches the probability. Amber places are missed when hidden; blue ones were in the way.',
      'SmoothGrad asks which single pixels matter, averaged over noisy copies. Three methods that agree are worth more than one.',
    ],
    tries: [
      'Pick a label that is wrong and see what misled the network.',
      'Compare two labels side by side.',
    ],
  },
  unit: {
    title: 'What one unit looks for',
    paragraphs: [
      'A unit is one channel of a layer: a detector for one pattern. Its favourite photos of your library show what it answers to, each with the patch that excited it most.',
      'The dream starts from noise and is changed, step by step, to please the unit as much as possible. It is not a photo of anything, but the pattern itself, exaggerated.',
      'The photos at the bottom leave the unit cold.',
    ],
    tries: [
      'Dream a unit of an early layer, then one of a late layer.',
      'Give the dream another seed: what stays is what the unit wants.',
    ],
  },
  vector: {
    title: 'The photo as numbers',
    paragraphs: [
      'Just before naming anything, the network holds the whole photo as one row of numbers. Each stripe is one of them: bright where its pattern is in the photo.',
      'Photos whose rows point the same way look alike to the network. That is how Latent finds similar photos.',
    ],
    tries: [
      'Point at a neighbour: the stripes that the two photos share light up.',
      'Choose a stripe to see what that unit looks for.',
    ],
  },
  compare: {
    title: 'Two photos or two networks, one scale',
    paragraphs: [
      'Each pair of tiles is one channel, on this photo and on the other one, coloured on the same scale. Equal shades mean equal values.',
      'With another network beside this one, each side has layers of its own. Their units have nothing to do with each other, but what is bright on both is seen by both.',
      'Photos of the same thing differ in the early layers, which see edges and light, and agree in the late ones, which see what it is.',
    ],
    tries: [
      'Sort by difference and walk down the network.',
      'Move over one photo: the same place is marked in the other.',
    ],
  },
  time: {
    title: 'Where the time goes',
    paragraphs: [
      'Each bar is one layer: how long its steps took in the fastest of some runs. A convolution over a large map costs more than a hundred small ones behind it.',
      'To label photos, a network runs in whole numbers where it can, on what is fastest here. To be looked into it runs in fractions, on the processor. The same layer can take much longer there.',
      'Steps between layers turn pixels into numbers, or put them in another order for the next step.',
    ],
    tries: [
      'Switch between the two forms and see which layers gain.',
      'Choose a layer to look at what it computes in that time.',
    ],
  },
}
