// Colours of the interface as shaders take them.
import { Color, LinearSRGBColorSpace } from 'three'

/** The sRGB values as they are: all of the Cloud's blending happens in them. */
export const cssColour = (css: string): Color => new Color().setStyle(css, LinearSRGBColorSpace)
