/** What the keys do in every list, without React: the hook and the help both read it. */

export type ListAct = 'next' | 'previous' | 'first' | 'last' | 'open' | 'select' | 'search' | 'help'

/** Keys of a list. `?` needs Shift on French keyboards, so modifiers are not compared. */
export const listKeys: Record<string, ListAct> = {
  j: 'next',
  ArrowDown: 'next',
  k: 'previous',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
  Enter: 'open',
  x: 'select',
  '/': 'search',
  '?': 'help',
}

const singleCharacter = (key: string) => key.length === 1

/** What a pressed key asks of a list, or null. Single characters count only while they are enabled (WCAG 2.1.4). */
export function actOfKey(
  event: { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean },
  singleKeys: boolean,
): ListAct | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null
  if (singleCharacter(event.key) && !singleKeys) return null
  return listKeys[event.key] ?? null
}

/** The row to go to from `index` (−1: none yet) in a list of `count` rows; it stops at both ends. */
export function moveTo(act: ListAct, index: number, count: number): number {
  if (count === 0) return -1
  const last = count - 1
  const moves: Partial<Record<ListAct, number>> = { next: index + 1, previous: index - 1, first: 0, last }
  return Math.min(last, Math.max(0, moves[act] ?? index))
}

const preferenceKey = 'ecluse.single-key-shortcuts'

/** Whether single-character shortcuts are on; they are until someone switches them off. */
export function singleKeysEnabled(): boolean {
  try {
    return localStorage.getItem(preferenceKey) !== 'off'
  } catch {
    return true
  }
}

/** Remembers on this device whether single-character shortcuts are on. */
export function enableSingleKeys(enabled: boolean): void {
  try {
    localStorage.setItem(preferenceKey, enabled ? 'on' : 'off')
  } catch {
    // Storage refused: they stay on.
  }
}
