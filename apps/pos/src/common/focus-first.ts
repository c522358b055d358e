import { useEffect, useRef, type RefObject } from 'react'

/**
 * Focuses the first thing to choose of a dialog once it is there: a dialog that waits for its data opens before it, and what
 * Mantine focuses on opening is then its closing cross. Whoever was quicker, and is already among the choices, is left there.
 * What is there from the start bears `data-autofocus` as well: on a slow till Mantine focuses after this.
 */
export function useFocusFirst<E extends HTMLElement>(isReady: boolean): RefObject<E | null> {
  const part = useRef<E>(null)
  useEffect(() => {
    if (!isReady) return
    const timer = setTimeout(() => {
      if (part.current?.parentElement?.contains(document.activeElement)) return
      part.current?.querySelector<HTMLElement>('button, input:checked, input')?.focus()
    }, 60)
    return () => clearTimeout(timer)
  }, [isReady])
  return part
}
