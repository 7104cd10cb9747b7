// Sentences that a label is asked for in.

/** Where the label goes. */
const place = '{}'

/** Some of those that CLIP's makers averaged for ImageNet (Radford et al. 2021, appendix). */
export const usualTemplates: readonly string[] = [
  'a photo of a {}.',
  'a photo of the {}.',
  'a close-up photo of a {}.',
  'a good photo of a {}.',
  'a photo of many {}.',
  'a photo of a small {}.',
  'a photo of a large {}.',
]

/** A template without a place is the whole sentence's beginning. */
export const prompted = (template: string, label: string): string =>
  template.includes(place) ? template.replaceAll(place, label) : `${template} ${label}`

/**
 * One vector for each label: the mean of its sentences' vectors, of unit length again (prompt
 * ensembling, Radford et al. 2021, section 3.1.4).
 *
 * @param rows of unit length, [labels, templates, dim]
 * @returns [labels, dim]
 */
export function ensembled(rows: Float32Array, templates: number, dim: number): Float32Array {
  const labels = rows.length / (templates * dim)
  const means = new Float32Array(labels * dim)
  for (let label = 0; label < labels; label++) {
    const mean = means.subarray(label * dim, (label + 1) * dim)
    for (let template = 0; template < templates; template++) {
      const at = (label * templates + template) * dim
      for (let x = 0; x < dim; x++) mean[x] = (mean[x] ?? 0) + (rows[at + x] ?? 0) / templates
    }
    const length = Math.hypot(...mean)
    if (length > 0) for (let x = 0; x < dim; x++) mean[x] = (mean[x] ?? 0) / length
  }
  return means
}
