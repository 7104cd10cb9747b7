// How long each layer of a network takes; measured once for each network and form, and again on demand.
import type { Failure } from '../../preload/contract/errors.ts'
import type { NetworkProfile } from '../../preload/contract/network-profile.ts'
import type { Slice } from './slice.ts'

export type ProfileState = 'measuring' | NetworkProfile | { readonly failure: Failure }

export interface ProfileSlice {
  readonly profileForm: NetworkProfile['form']
  /** By {@link profileKey}. */
  readonly profiles: ReadonlyMap<string, ProfileState>
  readonly chooseProfileForm: (form: NetworkProfile['form']) => void
  readonly measureProfile: (modelId: string, form: NetworkProfile['form']) => Promise<void>
}

export const profileKey = (modelId: string, form: NetworkProfile['form']): string =>
  `${form} ${modelId}`

export const createProfileSlice: Slice<ProfileSlice> =
  ({ api }) =>
  (set, get) => {
    const keep = (key: string, state: ProfileState): void =>
      set(({ profiles }) => ({ profiles: new Map(profiles).set(key, state) }))
    return {
      profileForm: 'engine',
      profiles: new Map(),
      chooseProfileForm: (profileForm) => set({ profileForm }),
      measureProfile: async (modelId, form) => {
        const key = profileKey(modelId, form)
        if (get().profiles.get(key) === 'measuring') return
        keep(key, 'measuring')
        const result = await api.invoke('providers:profile', { modelId, form })
        keep(key, result.ok ? result.value : { failure: result.error })
      },
    }
  }
