import { CloseButton, FocusTrap } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useEffect, useEffectEvent, useId, useRef, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { useIntl } from 'react-intl'

/**
 * A panel at the side in which an item of a list is read and finished without losing the list. On a wide screen the list
 * stays usable beside it; on a telephone it covers the screen and keeps the focus. Escape closes it, and the focus goes
 * back to where it was.
 *
 * @param footer the main act, always in reach of the thumb.
 * @param itemKey which item is shown; a new one moves the focus to the new title.
 */
export function SidePanel({
  title,
  badge,
  itemKey,
  onClose,
  footer,
  children,
}: {
  title: ReactNode
  badge?: ReactNode
  itemKey: string
  onClose: () => void
  footer?: ReactNode
  children: ReactNode
}) {
  const intl = useIntl()
  const titleId = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const covers = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  useReturnFocus()
  useEffect(() => heading.current?.focus({ preventScroll: true }), [itemKey])

  const close = useEffectEvent(onClose)
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key === 'Escape' && !event.defaultPrevented && !belongsElsewhere(event.target)) close()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])

  return createPortal(
    <FocusTrap active={covers}>
      <section
        className="ec-panel"
        role={covers ? 'dialog' : 'region'}
        aria-modal={covers || undefined}
        aria-labelledby={titleId}
      >
        <div className="ec-panel-header">
          <h2 id={titleId} ref={heading} tabIndex={-1} data-autofocus>
            {title}
          </h2>
          {badge}
          <CloseButton
            className="ec-panel-close"
            size="lg"
            aria-label={intl.formatMessage({ id: 'ui.panel.close' })}
            onClick={onClose}
          />
        </div>
        <div className="ec-panel-body">{children}</div>
        {footer && <div className="ec-panel-footer">{footer}</div>}
      </section>
    </FocusTrap>,
    document.body,
  )
}

/** Gives the focus back, when the panel goes, to what had it when the panel came. */
function useReturnFocus(): void {
  useEffect(() => {
    const before = document.activeElement
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])
}

/** Escape first closes what is open nearer to the reader: a menu, a list of choices, a dialog. */
function belongsElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  return (
    target.closest('[role="menu"], [role="listbox"], [role="dialog"]:not(.ec-panel), [aria-expanded="true"]') !== null
  )
}
