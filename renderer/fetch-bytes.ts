// Reads what main serves as bytes on the app's own origin.
import { fail, ok, type Result } from '../preload/contract/errors.ts'

export async function fetchBytes(url: string): Promise<Result<Uint8Array>> {
  try {
    const response = await fetch(url)
    if (response.ok) return ok(new Uint8Array(await response.arrayBuffer()))
    return fail('not-found', 'This layer is no longer at hand.', 'Open the photo again.')
  } catch {
    return fail('internal', 'The layer could not be read.', 'Try again.')
  }
}
