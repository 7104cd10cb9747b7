export function makeZip(
  entries: readonly {
    readonly name: string
    readonly content: string | Uint8Array
    readonly mode?: number
  }[],
): Uint8Array
