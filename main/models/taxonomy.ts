// Where a class stands among things, in words that people use: animal > mammal > dog.
import imagenetTaxonomy from '../../models/imagenet-taxonomy.json'

const pathByWnid: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(imagenetTaxonomy as Readonly<Record<string, readonly string[]>>).flatMap(
    ([path, wnids]) => wnids.map((wnid) => [wnid, path.split(' > ')] as const),
  ),
)

/**
 * Terms above a class, the most general first, without the class itself; empty for one that is no
 * ImageNet class. Hypernyms of WordNet 3.0, cut down to familiar words.
 *
 * @param wnid WordNet 3.0 id as in ImageNet (n02099712)
 */
export const taxonomyPath = (wnid: string): readonly string[] => pathByWnid.get(wnid) ?? []
