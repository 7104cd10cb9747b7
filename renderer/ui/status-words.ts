// What each status is called, and what it means for the person.
import type { PhotoStatus } from '../../preload/contract/domain.ts'

export const statusWords: Record<PhotoStatus, string> = {
  pending: 'Waiting',
  ok: 'Analysed',
  damaged: 'Damaged',
  unsupported: 'Not supported',
  refused: 'Too large',
  unreadable: 'Unreadable',
  timeout: 'Took too long',
  crashed: 'Crashed',
}

export const isProblem = (status: PhotoStatus): boolean => status !== 'ok' && status !== 'pending'
