import { useRef, useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { call, messageOf, newIdempotencyKey, refresh } from '@ecluse/ui/staff/api.ts'
import { currentLocale } from '@ecluse/ui/staff/locale.tsx'
import { tellRefusal } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'
import { rememberSale } from '../receipts/tendered.ts'
import { emptyBasket, purchaseOf, type Unanswered } from './basket.ts'
import { changeBasket, changeCounter, readBasket } from './basket-store.ts'
import { writeBack } from './pick-up-pass.ts'
import { paymentsOf, type Split } from './payment-amounts.ts'
import type { SpentVoucher } from './voucher-line.tsx'

export type Paying = {
  busy: boolean
  /** Why the sale was refused, in words; null before and while trying. */
  problem: string | null
  pay(split: Split, terminalReference: string, voucher: SpentVoucher | null): void
  /** Sends the unanswered purchase again, exactly as it was. */
  again(): void
}

/**
 * Makes the sale. The purchase is kept on this till before it is sent: when no answer comes, the same one is sent again
 * under the same key, whatever happened in between, so that it is never made twice nor lost.
 */
export function usePay(): Paying {
  const t = useT()
  const navigate = useNavigate()
  const { locale } = useLocale()
  const { site, channelCode } = useShop()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  // Two clicks in one moment see the same render: this one they do not.
  const sending = useRef(false)

  const send = async (purchase: Unanswered): Promise<void> => {
    if (sending.current) return
    sending.current = true
    setBusy(true)
    setProblem(null)
    changeBasket(site.id, (basket) => ({ ...basket, unanswered: purchase }))
    try {
      await writeBack(readBasket(site.id))
      const sale = await call(endpoints.placeOrder, { body: purchase.body }, { idempotencyKey: purchase.key })
      const { card } = readBasket(site.id)
      if (card) await claim(t, { orderId: sale.orderId, cardNumber: card.cardNumber }, purchase.key)
      rememberSale(sale.orderId, {
        tenderedMinor: purchase.tenderedMinor,
        changeMinor: sale.changeDue?.amountMinor ?? 0,
      })
      changeCounter(site.id, (counter) => ({ ...counter, basket: emptyBasket() }))
      void refresh('/offers', '/orders', '/offer-suggestions')
      await navigate({ to: '/receipts/$orderId', params: { orderId: sale.orderId } })
    } catch (error) {
      setProblem(wordsFor(t, site.id, error))
      if (wasRefused(error)) {
        changeBasket(site.id, (basket) => ({ ...basket, unanswered: null, key: newIdempotencyKey() }))
        await refresh('/offers')
      }
    } finally {
      sending.current = false
      setBusy(false)
    }
  }

  return {
    busy,
    problem,
    pay(split, terminalReference, voucher) {
      const basket = readBasket(site.id)
      const where = { channelCode, siteId: site.id, locale }
      const spent = voucher
        ? [{ method: 'voucher' as const, code: voucher.code, amountMinor: voucher.coversMinor }]
        : []
      const rest = voucher && split.cashMinor + split.cardMinor === 0 ? [] : paymentsOf(split, terminalReference)
      const body = purchaseOf(basket, where, [...spent, ...rest])
      void send({ body, key: basket.key, tenderedMinor: split.cashMinor > 0 ? split.tenderedMinor : null })
    },
    again() {
      const { unanswered } = readBasket(site.id)
      if (unanswered) void send(unanswered)
    },
  }
}

/** Whether the server said no for certain. No answer, or an answer of a broken server, leaves the question open. */
function wasRefused(error: unknown): boolean {
  return error instanceof ApiError && error.problem.status >= 400 && error.problem.status < 500
}

type Words = ReturnType<typeof useT>

/** Why a sale was refused, with the article it is about. */
function wordsFor(t: Words, siteId: string, error: unknown): string {
  if (!(error instanceof ApiError)) return messageOf(error)
  const { code, details } = error.problem
  const line = readBasket(siteId).lines.find(({ variantId }) => variantId === details?.['variantId'])
  const name = line ? [line.name, line.label].filter(Boolean).join(' · ') : null
  if (code === 'orders.out_of_stock' && name)
    return t('pay.outOfStock', { name, count: Number(details?.['available'] ?? 0) })
  if (code === 'orders.not_sold' && name) return t('pay.notSold', { name })
  if (code === 'orders.not_open_yet' && name) {
    const { opensAt } = details ?? {}
    if (typeof opensAt === 'string')
      return t('pay.notOpenYet', { name, date: formatDate(opensAt, currentLocale(), 'dateTime') })
  }
  if (code === 'orders.price_changed') return t('pay.priceChanged')
  return messageOf(error)
}

/** Notes the card shown with a sale. The sale is made already: a card that cannot be noted does not undo it. */
async function claim(t: Words, body: { orderId: string; cardNumber: string }, key: string): Promise<void> {
  try {
    await call(endpoints.claimLoyaltyPurchase, { body }, { idempotencyKey: `card-${key}` })
  } catch (error) {
    tellRefusal(new Error(t('loyalty.unclaimed', { reason: messageOf(error) })))
  }
}
