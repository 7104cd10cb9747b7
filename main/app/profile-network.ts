// How long each layer of a network takes: as the engine runs it, or as the Inspector looks into it.
import { availableParallelism } from 'node:os'
import { fail, ok, type Result } from '../../preload/contract/errors.ts'
import type { NetworkProfile } from '../../preload/contract/network-profile.ts'
import type { EngineHost } from '../engine/host.ts'
import { formOn } from '../engine/model-form.ts'
import { runNetworkProfile } from '../engine/network-profile/run-network-profile.ts'
import type { ProviderTrialFork } from '../engine/provider-trial/run-provider-trial.ts'
import type { InstalledModel } from '../models/installed.ts'

/** @param engine says on what the model in use runs; others, and the Inspector, run on the CPU */
export async function profileModel(
  fork: ProviderTrialFork,
  { spec, network }: InstalledModel,
  form: NetworkProfile['form'],
  { status }: EngineHost,
): Promise<Result<NetworkProfile>> {
  const isInUse = form === 'engine' && status.state === 'ready' && status.modelId === spec.id
  const provider = isInUse ? status.executionProvider : 'cpu'
  const inFloats = isInUse && status.inFloats
  const threads = isInUse ? status.threads : Math.min(availableParallelism(), 8)
  const model =
    form === 'inspector'
      ? // It has no output of its units' maxima.
        { ...spec, onnxPath: network.onnxPath, unitCount: 0 }
      : formOn(spec, inFloats ? [provider] : [], provider)
  try {
    const run = await runNetworkProfile(fork, { type: 'profile', model, provider, threads })
    return ok({ modelId: spec.id, form, provider, inFloats, threads, ...run })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return fail('internal', `Its layers could not be timed: ${reason}`, 'Try again in a moment.')
  }
}
