/** What was last used is kept, up to so many bytes. */
export type ByteCache<Value> = {
  get(key: string): Value | undefined
  set(key: string, value: Value, bytes: number): void
  clear(): void
  /** Bytes kept now. */
  size(): number
}

/** @param mostBytes a value larger than an eighth of it is not kept */
export function createByteCache<Value>(mostBytes: number): ByteCache<Value> {
  const entries = new Map<string, { value: Value; bytes: number }>()
  let total = 0
  const drop = (key: string): void => {
    total -= entries.get(key)?.bytes ?? 0
    entries.delete(key)
  }
  return {
    get(key) {
      const entry = entries.get(key)
      if (!entry) return undefined
      // A map keeps the order of insertion: what is used goes to the end, what is at the front was not used for longest.
      entries.delete(key)
      entries.set(key, entry)
      return entry.value
    },
    set(key, value, bytes) {
      drop(key)
      const cost = bytes + 2 * key.length
      if (cost > mostBytes / 8) return
      entries.set(key, { value, bytes: cost })
      total += cost
      for (const oldest of entries.keys()) {
        if (total <= mostBytes) break
        drop(oldest)
      }
    },
    clear() {
      entries.clear()
      total = 0
    },
    size: () => total,
  }
}
