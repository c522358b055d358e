import { useEffect, useEffectEvent } from 'react'

/** Keys of the till. Function keys work while one types, which the field of the till always does. */
export const tillKeys = {
  help: 'F1',
  sell: 'F2',
  pickups: 'F3',
  returns: 'F4',
  visits: 'F7',
  hold: 'F8',
  pay: 'F9',
  day: 'F10',
} as const

/** Does something when a key is pressed, wherever the focus is, but not under an open dialog. */
export function useKey(key: string, act: () => void, enabled = true): void {
  const run = useEffectEvent(act)
  useEffect(() => {
    if (!enabled) return
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== key || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return
      // The browser's own use of a function key never belongs on a till.
      event.preventDefault()
      if (dialogIsOpen()) return
      run()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [key, enabled])
}

/** Whether a dialog covers the screen: keys then belong to it. */
export function dialogIsOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null
}

/** Whether the focus is where text is typed. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null
}
