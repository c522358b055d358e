import { useCallback, useEffect, useRef, useState } from 'react'
import { useDebouncedCallback } from '@mantine/hooks'
import { newVariant, type Draft } from './draft.ts'

type Kept = { revision: number; draft: Draft }

export type DraftState = {
  draft: Draft
  change: (patch: Partial<Draft>) => void
  /** Whether what is on the screen differs from what is saved. */
  dirty: boolean
  /** A draft kept from before was taken up again. */
  resumed: boolean
  /** Back to what is saved; gives what was thrown away. */
  discard: () => Draft
  /** Forgets the kept draft: it has been saved. */
  settle: (saved: Draft) => void
}

/**
 * A product being edited, kept on this device after each change: a closed tab or an ended session loses nothing.
 *
 * @param name which product, `new` for one not created yet.
 * @param revision of the product the draft starts from.
 */
export function useDraft(name: string, saved: Draft, revision: number): DraftState {
  const storageKey = `ecluse.draft.${name}`
  const [base, setBase] = useState(saved)
  const [state, setState] = useState(() => {
    const kept = recall(storageKey)
    return { draft: kept?.draft ?? saved, dirty: kept !== null, resumed: kept !== null }
  })
  const keep = useDebouncedCallback((draft: Draft) => store(storageKey, { revision, draft }), {
    delay: 400,
    flushOnUnmount: true,
  })
  const change = useCallback(
    (patch: Partial<Draft>) => {
      setState((before) => {
        const draft = { ...before.draft, ...patch }
        keep(draft)
        return { ...before, draft, dirty: true }
      })
    },
    [keep],
  )
  const discard = (): Draft => {
    keep.cancel()
    forget(storageKey)
    setState({ draft: base, dirty: false, resumed: false })
    return state.draft
  }
  const settle = (next: Draft): void => {
    keep.cancel()
    forget(storageKey)
    setBase(next)
    setState({ draft: next, dirty: false, resumed: false })
  }
  useFlushWhenLeaving(keep.flush)
  return { ...state, change, discard, settle }
}

/** The revision a kept draft was started from; null when none is kept. */
export function keptRevision(name: string): number | null {
  return recall(`ecluse.draft.${name}`)?.revision ?? null
}

/** A page that goes away within the 400 ms before a draft is kept keeps it then. */
function useFlushWhenLeaving(flush: () => void): void {
  const latest = useRef(flush)
  latest.current = flush
  useEffect(() => {
    const now = () => latest.current()
    window.addEventListener('pagehide', now)
    return () => window.removeEventListener('pagehide', now)
  }, [])
}

function recall(key: string): Kept | null {
  try {
    const text = localStorage.getItem(key)
    if (text === null) return null
    const kept = JSON.parse(text) as Kept
    // Keys are only unique within one page load.
    return { ...kept, draft: { ...kept.draft, variants: kept.draft.variants.map((variant) => newVariant(variant)) } }
  } catch {
    return null
  }
}

function store(key: string, kept: Kept): void {
  try {
    localStorage.setItem(key, JSON.stringify(kept))
  } catch {
    // Storage refused or full: the page itself still holds the draft.
  }
}

function forget(key: string): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // See `store`.
  }
}
