/** What can be taken back: what was before, what is, and what was taken back. */
export type History<T> = { past: readonly T[]; now: T; future: readonly T[]; tag: string | null }

const most = 100

export function historyOf<T>(now: T): History<T> {
  return { past: [], now, future: [], tag: null }
}

/**
 * A change. Those of one `tag` in a row are one: what is typed into a field is taken back as a whole, not letter by letter.
 */
export function changed<T>(history: History<T>, now: T, tag: string | null = null): History<T> {
  if (Object.is(now, history.now)) return history
  const same = tag !== null && tag === history.tag
  const past = same ? history.past : [...history.past, history.now].slice(-most)
  return { past, now, future: [], tag }
}

export function undone<T>(history: History<T>): History<T> {
  const before = history.past.at(-1)
  if (before === undefined) return history
  return { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future], tag: null }
}

export function redone<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future
  if (next === undefined) return history
  return { past: [...history.past, history.now], now: next, future, tag: null }
}

/** The path of the one text or number that differs between two drafts, as a tag of what is typed; null when more differs. */
export function typedAt(before: unknown, after: unknown): string | null {
  const paths = differing(before, after, '')
  return paths?.length === 1 ? (paths[0] ?? null) : null
}

/** Where texts and numbers differ; null where something else does. */
function differing(before: unknown, after: unknown, at: string): string[] | null {
  if (Object.is(before, after)) return []
  if (typeof before === typeof after && ['string', 'number'].includes(typeof before)) return [at]
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return null
  const one = Object.entries(before)
  const other = new Map<string, unknown>(Object.entries(after))
  if (one.length !== other.size || one.some(([key]) => !other.has(key))) return null
  const parts = one.map(([key, value]) => differing(value, other.get(key), `${at}/${key}`))
  return parts.includes(null) ? null : parts.flatMap((part) => part ?? [])
}
