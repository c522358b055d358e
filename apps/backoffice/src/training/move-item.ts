/** The same items with one a place further up or down; as they are where it has no place to go. */
export function moved<T>(items: readonly T[], at: number, by: -1 | 1): T[] {
  const next = [...items]
  const [item] = next.splice(at, 1)
  if (item === undefined || at + by < 0 || at + by >= items.length) return [...items]
  next.splice(at + by, 0, item)
  return next
}

/** The same items with one replaced. */
export function replaced<T>(items: readonly T[], at: number, item: T): T[] {
  return items.map((one, index) => (index === at ? item : one))
}
