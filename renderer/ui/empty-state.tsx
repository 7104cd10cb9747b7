// Says why there is nothing here and what to do about it.
import './empty-state.css'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  readonly icon: LucideIcon
  readonly title: string
  readonly children?: ReactNode
}

export function EmptyState({ icon: Icon, title, children }: EmptyStateProps) {
  return (
    <div className="empty-state" role="status">
      <Icon size={28} strokeWidth={1.4} aria-hidden="true" />
      <h2>{title}</h2>
      {children}
    </div>
  )
}
