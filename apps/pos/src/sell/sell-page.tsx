import { useEffect, useRef, useState } from 'react'
import { Button, Kbd } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { Money } from '@ecluse/ui/money.tsx'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { CameraScan } from '@ecluse/ui/staff/scan/camera-scan.tsx'
import { useT } from '../app/i18n.ts'
import { dialogIsOpen, isTyping, tillKeys, useKey } from '../app/keys.ts'
import { useShop } from '../app/shop.tsx'
import { BasketPanel } from './basket-panel.tsx'
import { isPayable, totalOf, unitsIn, type Basket } from './basket.ts'
import { holdBasket, useCounter } from './basket-store.ts'
import { Finder } from './finder.tsx'
import { HeldBaskets } from './held-baskets.tsx'
import { PayDialog } from './pay-dialog.tsx'
import { Tiles } from './tiles.tsx'
import { useAdd } from './use-add.ts'
import { useBasket, useSetQuantity } from './use-basket.ts'
import { VariantChoice } from './variant-choice.tsx'

type Opened = 'none' | 'pay' | 'held' | 'camera'

/** The counter: one field that is always ready for the scanner, common articles, the basket and the money. */
export function SellPage() {
  const t = useT()
  const { site } = useShop()
  const basket = useBasket()
  const { held } = useCounter(site.id)
  const adding = useAdd()
  const setQuantity = useSetQuantity()
  const [opened, setOpened] = useState<Opened>('none')
  const field = useRef<HTMLInputElement>(null)
  useDocumentTitle(`${t('nav.sell')} · Écluse`)
  useReadyField(field, opened === 'none' && adding.choosing === null)

  const close = (): void => setOpened('none')
  const pay = (): void => {
    if (isPayable(basket)) setOpened('pay')
    else if (basket.lines.length > 0) adding.tell({ tone: 'urgent', text: t('pay.short') })
  }
  const hold = (): void => {
    if (basket.lines.length === 0 || basket.unanswered) return setOpened('held')
    holdBasket(site.id, new Date())
    tellDone(t('held.done'))
  }
  useKey(tillKeys.pay, pay)
  useKey(tillKeys.hold, hold)
  useKey(tillKeys.sell, () => field.current?.focus())
  const onEmptyKey = (key: string): boolean => {
    const last = basket.lines.at(-1)
    const step = key === '+' ? 1 : key === '-' ? -1 : 0
    if (!last || step === 0 || basket.unanswered) return false
    setQuantity(last.variantId, last.quantity + step)
    return true
  }
  return (
    <div className="pos-sell">
      <h1 className="visually-hidden">{t('nav.sell')}</h1>
      <div className="pos-sell-find">
        <Finder adding={adding} field={field} onCamera={() => setOpened('camera')} onEmptyKey={onEmptyKey} />
        <p key={adding.notice?.at} className="pos-notice" data-tone={adding.notice?.tone} role="status">
          {adding.notice?.text ?? t('find.help')}
        </p>
      </div>
      <BasketPanel basket={basket} heldCount={held.length} onPay={pay} onHold={hold} onHeld={() => setOpened('held')} />
      <Tiles onChoose={(card) => void adding.addCard(card, 1)} />
      {basket.lines.length > 0 && <PayBar basket={basket} onPay={pay} />}
      {adding.choosing && (
        <VariantChoice {...adding.choosing} onChoose={adding.addLine} onClose={adding.stopChoosing} />
      )}
      {opened === 'pay' && <PayDialog basket={basket} onClose={close} />}
      {opened === 'held' && <HeldBaskets onClose={close} />}
      {opened === 'camera' && <CameraScan onCode={(code) => void adding.addCode(code, 1)} onClose={close} stays />}
    </div>
  )
}

/** On a telephone the way to the money stays under the thumb. */
function PayBar({ basket, onPay }: { basket: Basket; onPay: () => void }) {
  const t = useT()
  return (
    <div className="pos-paybar">
      <Button
        size="xl"
        fullWidth
        disabled={!isPayable(basket)}
        onClick={onPay}
        rightSection={<Kbd aria-hidden>{tillKeys.pay}</Kbd>}
      >
        {t('pay.bar', { count: unitsIn(basket) })}&ensp;
        <Money value={{ amountMinor: totalOf(basket), currency: 'EUR' }} />
      </Button>
    </div>
  )
}

/** Keeps the field ready: what is typed or scanned while nothing else takes text goes there. */
function useReadyField(field: React.RefObject<HTMLInputElement | null>, enabled: boolean): void {
  useEffect(() => {
    // A telephone's keyboard covers half the screen: there the field waits to be touched.
    if (enabled && window.matchMedia('(pointer: fine)').matches) field.current?.focus({ preventScroll: true })
  }, [enabled, field])
  useEffect(() => {
    if (!enabled) return
    function onKeyDown(event: KeyboardEvent): void {
      if (event.ctrlKey || event.altKey || event.metaKey || event.key.length !== 1) return
      // Space presses the button that has the focus.
      if (event.key === ' ' || isTyping(event.target) || dialogIsOpen()) return
      field.current?.focus()
    }
    document.addEventListener('keydown', onKeyDown, true)
    return () => document.removeEventListener('keydown', onKeyDown, true)
  }, [enabled, field])
}
