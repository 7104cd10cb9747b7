// Short messages above the bottom edge; they leave by themselves, failures stay longer.
import './toasts.css'
import { CircleAlert, Info, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Notice } from '../state/notices-slice.ts'
import { useLatent } from '../use-latent.ts'
import { Button, IconButton } from './button.tsx'

const staysMs = { info: 4000, failure: 12_000 } as const
/** What can be taken back is there long enough to be. */
const actionStaysMs = 8000

export function Toasts() {
  const notices = useLatent((state) => state.notices)
  return (
    <div className="toasts">
      {notices.map((notice) => (
        <Toast key={notice.id} notice={notice} />
      ))}
    </div>
  )
}

function Toast({ notice }: { readonly notice: Notice }) {
  const dismiss = useLatent((state) => state.dismissNotice)
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(
      () => dismiss(notice.id),
      notice.action === undefined ? staysMs[notice.tone] : actionStaysMs,
    )
    return () => clearTimeout(timer)
  }, [held, notice, dismiss])
  const Icon = notice.tone === 'failure' ? CircleAlert : Info
  return (
    <div
      className={`toast ${notice.tone}`}
      role={notice.tone === 'failure' ? 'alert' : 'status'}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      <Icon size={16} aria-hidden="true" />
      <div className="selectable">
        <p>{notice.message}</p>
        {notice.hint !== '' && <p>{notice.hint}</p>}
      </div>
      {notice.action && (
        <Button
          onClick={() => {
            dismiss(notice.id)
            notice.action?.run()
          }}
        >
          {notice.action.text}
        </Button>
      )}
      <IconButton icon={X} name="Dismiss" onClick={() => dismiss(notice.id)} />
    </div>
  )
}
