// Objects without what is undefined.

/** zod's partial gives `undefined` for absent keys; spreading those would erase settings. */
export function defined<T extends object>(
  change: T,
): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
    // Only undefined values were left out.
  ) as { [Key in keyof T]?: Exclude<T[Key], undefined> }
}
