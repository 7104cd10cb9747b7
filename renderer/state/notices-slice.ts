// Short messages to the person, shown as toasts.
import type { Failure } from '../../preload/contract/errors.ts'
import type { Slice } from './slice.ts'

export interface Notice {
  readonly id: number
  readonly tone: 'info' | 'failure'
  readonly message: string
  readonly hint: string
  /** What can be done about it, at a click. */
  readonly action?: NoticeAction
}

export interface NoticeAction {
  readonly text: string
  readonly run: () => void
}

export interface NoticesSlice {
  readonly notices: readonly Notice[]
  readonly tell: (message: string, hint?: string, action?: NoticeAction) => void
  readonly tellFailure: (failure: Failure) => void
  readonly dismissNotice: (id: number) => void
}

const mostNotices = 4

export const createNoticesSlice: Slice<NoticesSlice> = () => (set, get) => {
  let lastId = 0
  const add = (notice: Omit<Notice, 'id'>): void => {
    const shown = get().notices.filter((other) => other.message !== notice.message)
    lastId += 1
    set({ notices: [...shown, { ...notice, id: lastId }].slice(-mostNotices) })
  }
  return {
    notices: [],
    tell: (message, hint = '', action) =>
      add({ tone: 'info', message, hint, ...(action === undefined ? {} : { action }) }),
    tellFailure: ({ code, message, hint }) => {
      if (code !== 'cancelled') add({ tone: 'failure', message, hint })
    },
    dismissNotice: (id) =>
      set((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) })),
  }
}
