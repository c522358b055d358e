/** Thousands of products share brands, categories, sizes and dates: each distinct value is kept once. */
export type Interner = {
  text(value: string): string
  list(value: readonly string[]): readonly string[]
  record(value: Readonly<Record<string, string>>): Readonly<Record<string, string>>
  /** Any plain data; whoever gets it must not change it. */
  data<T>(value: T): T
}

/** More distinct values than this and sharing no longer pays: it starts again. */
const mostValues = 20_000

export function createInterner(): Interner {
  const known = new Map<string, unknown>()
  const data = <T>(value: T): T => {
    const key = JSON.stringify(value)
    const same = known.get(key)
    if (same !== undefined) return same as T
    if (known.size >= mostValues) known.clear()
    known.set(key, value)
    return value
  }
  return { text: data, list: data, record: data, data }
}
