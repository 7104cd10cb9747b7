// What a photo shows, by a name that means the same to every model.
import { z } from 'zod'

export const truth = z.object({
  /** WordNet 3.0 id as in ImageNet (n01440764); empty for classes of other label sets. */
  wnid: z.string().max(20),
  name: z.string().min(1).max(300),
})
export type Truth = Readonly<z.infer<typeof truth>>
