import { useCallback, useEffect, useRef, useState, type FocusEvent, type MouseEvent } from 'react'
import { actOfKey, moveTo, singleKeysEnabled, type ListAct } from './shortcuts.ts'

interface KeyboardList {
  /** Row under the keyboard, −1 before the first key. */
  activeIndex: number
  setActiveIndex: (index: number) => void
  /** Spread on each row (`tr`, `li`, `a`): reachable by Tab once, then by the keys. */
  rowProps: (index: number) => {
    ref: (element: HTMLElement | null) => void
    tabIndex: 0 | -1
    'data-active': true | undefined
    onFocus: (event: FocusEvent) => void
    onClick: (event: MouseEvent) => void
  }
}

/**
 * Keys of a list: j and k (or the arrows) go through the rows, Enter opens, x ticks, / searches, ? shows the help. They work
 * wherever the focus is, except in a field, a dialog or a menu; arrows and Enter only on the rows themselves.
 *
 * @param count number of rows shown.
 * @param onOpen opens the row; also on a click that is not on a control inside the row.
 * @param scrollToIndex for lists that draw only the rows in sight.
 */
export function useKeyboardList({
  count,
  onOpen,
  onSelect,
  onSearch,
  onHelp,
  scrollToIndex,
}: {
  count: number
  onOpen?: (index: number) => void
  onSelect?: (index: number) => void
  onSearch?: () => void
  onHelp?: () => void
  scrollToIndex?: (index: number) => void
}): KeyboardList {
  const [activeIndex, setActiveIndex] = useState(-1)
  const rows = useRef(new Map<number, HTMLElement>())
  const current = activeIndex < count ? activeIndex : count - 1

  const perform = useCallback(
    (act: ListAct) => {
      const acts: Partial<Record<ListAct, () => void>> = {
        open: () => current >= 0 && onOpen?.(current),
        select: () => current >= 0 && onSelect?.(current),
        search: () => onSearch?.(),
        help: () => onHelp?.(),
      }
      const run = acts[act]
      if (run) return run()
      const index = moveTo(act, current, count)
      setActiveIndex(index)
      scrollToIndex?.(index)
      focusRow(rows.current, index)
    },
    [count, current, onOpen, onSelect, onSearch, onHelp, scrollToIndex],
  )

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || isElsewhere(event.target)) return
      const act = actOfKey(event, singleKeysEnabled())
      if (!act) return
      if (event.key.length > 1 && !isRow(event.target, rows.current)) return
      event.preventDefault()
      perform(act)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [perform])

  const rowProps = (index: number): ReturnType<KeyboardList['rowProps']> => ({
    ref: (element) => {
      if (element) rows.current.set(index, element)
      else rows.current.delete(index)
    },
    tabIndex: index === Math.max(0, current) ? 0 : -1,
    'data-active': index === current || undefined,
    onFocus: () => setActiveIndex(index),
    onClick: (event) => {
      if (!isControl(event.target, event.currentTarget)) onOpen?.(index)
    },
  })

  return { activeIndex: current, setActiveIndex, rowProps }
}

/** A row that is not drawn yet gets the focus once it is: two frames are enough for a virtual list to draw. */
function focusRow(rows: Map<number, HTMLElement>, index: number): void {
  const row = rows.get(index)
  if (row) return focusElement(row)
  requestAnimationFrame(() => requestAnimationFrame(() => focusElement(rows.get(index))))
}

function focusElement(row: HTMLElement | undefined): void {
  row?.focus({ preventScroll: true })
  row?.scrollIntoView({ block: 'nearest' })
}

const fields = 'input, textarea, select, [contenteditable="true"]'

function isElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.closest(`${fields}, [role="dialog"], [role="menu"], [role="listbox"]`) !== null
}

function isRow(target: EventTarget | null, rows: Map<number, HTMLElement>): boolean {
  return target instanceof HTMLElement && [...rows.values()].includes(target)
}

function isControl(target: EventTarget, row: EventTarget): boolean {
  if (!(target instanceof Element)) return false
  const control = target.closest(`a, button, label, ${fields}`)
  return control !== null && control !== row
}
