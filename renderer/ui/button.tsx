// Buttons: with text, or an icon alone that then needs a name.
import './button.css'
import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'

interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  readonly look?: 'quiet' | 'plain' | 'primary'
  readonly large?: boolean
  readonly icon?: LucideIcon
}

export function Button(props: ButtonProps) {
  const { look = 'quiet', large = false, icon: Icon, children, className = '', ...rest } = props
  return (
    <button
      {...rest}
      type="button"
      className={`button ${look} ${large ? 'large' : ''} ${className}`}
    >
      {Icon && <Icon size={large ? 16 : 14} aria-hidden="true" />}
      {children}
    </button>
  )
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'children'> {
  readonly icon: LucideIcon
  readonly name: string
  /** Shown on hover instead of the name: "Find (Ctrl+F)". */
  readonly hint?: string
}

export function IconButton({ icon: Icon, name, hint, className = '', ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type="button"
      aria-label={name}
      title={hint ?? name}
      className={`button square ${className}`}
    >
      <Icon size={16} strokeWidth={1.8} aria-hidden="true" />
    </button>
  )
}
