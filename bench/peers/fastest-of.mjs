// Gives a peer its best setting.

/**
 * @param {readonly number[]} batchSizes
 * @param {number} photos how many one run classifies
 * @param {(batchSize: number) => Promise<number[]>} run resolves to the best class of each photo
 */
export async function fastestOf(batchSizes, photos, run) {
  const byBatchSize = {}
  let topClasses = []
  for (const batchSize of batchSizes) {
    const start = performance.now()
    topClasses = await run(batchSize)
    byBatchSize[batchSize] = (photos * 1000) / (performance.now() - start)
  }
  return { photosPerSecond: Math.max(...Object.values(byBatchSize)), byBatchSize, topClasses }
}
