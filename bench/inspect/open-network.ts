// The default network and a decoder, in this very process.
import { DecodePool } from '../../main/engine/decode-pool.ts'
import { Network } from '../../main/inspect/network.ts'
import { defaultModel, inBuild } from '../measure/installed.ts'

const decodeTimeoutMs = 20_000

export async function openNetwork(): Promise<{ network: Network; pool: DecodePool }> {
  const { network: spec } = await defaultModel()
  const pool = new DecodePool(inBuild('decode-worker.js'), {
    size: 1,
    timeoutMs: decodeTimeoutMs,
    onBroken: (reason) => {
      throw new Error(reason)
    },
  })
  return { network: await Network.load(spec), pool }
}
