/** What this till remembers by itself. Storage can be refused or full; the till then works without memory. */

/** Reads what was kept under a key, or null when there is nothing, or nothing that `check` accepts. */
export function recall<T>(key: string, check: (value: unknown) => value is T): T | null {
  try {
    const text = localStorage.getItem(key)
    const value: unknown = text === null ? null : JSON.parse(text)
    return check(value) ? value : null
  } catch {
    return null
  }
}

/** Keeps a value under a key; null forgets it. */
export function keep(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // Nothing to do: the value lasts as long as the page.
  }
}
