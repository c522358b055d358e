import { useCallback, useState } from 'react'
import { changed, historyOf, redone, typedAt, undone, type History } from './history.ts'

/** Something being written that can be taken back; what is typed into one field in a row is taken back as a whole. */
export function useHistory<T>(start: () => T): {
  history: History<T>
  set: (change: (before: T) => T) => void
  undo: () => void
  redo: () => void
} {
  const [history, setHistory] = useState(() => historyOf(start()))
  const set = useCallback(
    (change: (before: T) => T) =>
      setHistory((before) => {
        const now = change(before.now)
        return changed(before, now, typedAt(before.now, now))
      }),
    [],
  )
  return { history, set, undo: () => setHistory(undone), redo: () => setHistory(redone) }
}
