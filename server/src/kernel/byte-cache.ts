/** What was lately used is kept, up to so many bytes. */
export type ByteCache<Value> = {
  get(key: string): Value | undefined
  set(key: string, value: Value, bytes: number): void
  clear(): void
  /** Bytes kept now. */
  size(): number
}

type Entry<Value> = { readonly value: Value; readonly bytes: number; used: boolean }

/**
 * A cache with a second chance (CLOCK; F. J. Corbató, 1968): a hit marks its entry and moves nothing, for hits are thousands a
 * second; to make room, the oldest entry goes, unless it was used since it was last looked at: then it begins anew.
 *
 * @param mostBytes a value larger than an eighth of it is not kept
 */
export function createByteCache<Value>(mostBytes: number): ByteCache<Value> {
  const entries = new Map<string, Entry<Value>>()
  let total = 0
  const drop = (key: string): void => {
    total -= entries.get(key)?.bytes ?? 0
    entries.delete(key)
  }
  const makeRoom = (): void => {
    // An entry put back to the end is met again only after all others: its mark is gone by then.
    for (const [key, entry] of entries) {
      if (total <= mostBytes) return
      entries.delete(key)
      if (entry.used) entries.set(key, { ...entry, used: false })
      else total -= entry.bytes
    }
  }
  return {
    get(key) {
      const entry = entries.get(key)
      if (!entry) return undefined
      entry.used = true
      return entry.value
    },
    set(key, value, bytes) {
      drop(key)
      const cost = bytes + 2 * key.length
      if (cost > mostBytes / 8) return
      entries.set(key, { value, bytes: cost, used: false })
      total += cost
      makeRoom()
    },
    clear() {
      entries.clear()
      total = 0
    },
    size: () => total,
  }
}
