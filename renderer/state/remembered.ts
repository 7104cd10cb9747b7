// How the window is arranged, kept from one start to the next; never what the person owns.

const prefix = 'latent.'

/** Null where nothing was remembered, or nothing can be. */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(prefix + key)
  } catch {
    return null
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(prefix + key, value)
  } catch {
    // Without storage the choice lasts as long as the window.
  }
}
