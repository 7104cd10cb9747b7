// Stands in for the window when rendering fails: says what to do, never shows a stack trace.
import './error-boundary.css'
import { Component, type ReactNode } from 'react'

interface Props {
  readonly children: ReactNode
}

export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <div className="broken" role="alert">
        <h1>The window stopped working</h1>
        <p>
          Your photos and everything analysed so far are safe. Reload the window to go on; work in
          the background was not interrupted.
        </p>
        <button type="button" className="button primary" onClick={() => window.location.reload()}>
          Reload
        </button>
      </div>
    )
  }
}
