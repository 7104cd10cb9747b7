// The app's mark: a lens with a safelight in it.

export function Mark({ sizePx }: { readonly sizePx: number }) {
  return (
    <svg width={sizePx} height={sizePx} viewBox="0 0 24 24" fill="none" aria-hidden="true">
      <circle cx="12" cy="12" r="10" stroke="currentColor" strokeWidth="1.6" />
      <circle cx="12" cy="12" r="6" stroke="currentColor" strokeWidth="1.2" opacity="0.45" />
      <circle cx="14.6" cy="9.4" r="3.4" fill="var(--accent)" />
    </svg>
  )
}
