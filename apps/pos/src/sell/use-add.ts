import { useState } from 'react'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { readGs1 } from '@ecluse/contracts/gs1.ts'
import type { OfferCard } from '@ecluse/contracts/offers.ts'
import { call, messageOf } from '@ecluse/ui/staff/api.ts'
import { currentLocale } from '@ecluse/ui/staff/locale.tsx'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'
import { lineOf, lineOfPage, readProduct } from './articles.ts'
import { addLine, isFixed, isShort } from './basket.ts'
import type { BasketLine } from './basket-line.ts'
import { changeBasket, readBasket } from './basket-store.ts'
import { agreedUpon, isPassLink, pickUp, putOnCounter } from './pick-up-pass.ts'
import { isLetter, looksLikeBarcode, looksLikePass } from './typed-text.ts'

/** What to tell of the last article: for eyes and for ears. */
export type Notice = { readonly tone: 'done' | 'urgent'; readonly text: string; readonly at: number }

/** How a code ended: in the basket, unknown, or not answered. */
export type CodeOutcome = 'added' | 'unknown' | 'failed'

export type Adding = {
  readonly notice: Notice | null
  /** A product of which a variant must be chosen, and how many are wanted. */
  readonly choosing: { handle: string; quantity: number } | null
  addCode(code: string, quantity: number): Promise<CodeOutcome>
  addCard(card: OfferCard, quantity: number): Promise<void>
  addLine(line: BasketLine): void
  stopChoosing(): void
  tell(notice: Omit<Notice, 'at'>): void
}

/** Puts articles into the basket: by code, from a tile or a suggestion, after a choice of variant when there are several. */
export function useAdd(): Adding {
  const t = useT()
  const { site, channelCode } = useShop()
  const [notice, setNotice] = useState<Notice | null>(null)
  const [choosing, setChoosing] = useState<Adding['choosing']>(null)
  const tell = (next: Omit<Notice, 'at'>) => setNotice({ ...next, at: Date.now() })

  const add = (line: BasketLine): void => {
    if (readBasket(site.id).unanswered) return tell({ tone: 'urgent', text: t('pay.unanswered.first') })
    if (isFixed(readBasket(site.id))) return tell({ tone: 'urgent', text: t('pass.quoteFixed') })
    changeBasket(site.id, (basket) => addLine(basket, line))
    const there = readBasket(site.id).lines.find(({ variantId }) => variantId === line.variantId)
    const quantity = there?.quantity ?? line.quantity
    const name = line.label ? `${line.name} · ${line.label}` : line.name
    if (isShort({ ...line, quantity })) {
      tell({ tone: 'urgent', text: t('basket.tooMany', { name, count: line.available ?? 0 }) })
    } else {
      tell({ tone: 'done', text: t('basket.added', { name, count: quantity }) })
    }
  }

  const openPass = async (typed: string): Promise<CodeOutcome> => {
    if (readBasket(site.id).unanswered) {
      tell({ tone: 'urgent', text: t('pay.unanswered.first') })
      return 'failed'
    }
    try {
      const { pass, cart } = await pickUp(typed, channelCode)
      putOnCounter(site.id, pass, cart, new Date(), await agreedUpon(pass, cart))
      const number = pass.quoteNumber ?? pass.code
      tell({ tone: 'done', text: t(pass.kind === 'quote' ? 'pass.quoteOpened' : 'pass.cartOpened', { number }) })
      return 'added'
    } catch (error) {
      tell({ tone: 'urgent', text: messageOf(error) })
      return error instanceof ApiError && error.problem.status === 404 ? 'unknown' : 'failed'
    }
  }

  const addCode = async (code: string, quantity: number): Promise<CodeOutcome> => {
    if (isPassLink(code)) return openPass(code)
    if (isLetter(code)) return answerLetter(code, site.id, { t, tell })
    try {
      add(await scannedLine(code, quantity, channelCode, site.id))
      return 'added'
    } catch (error) {
      if (error instanceof ApiError && error.problem.status === 404) {
        if (looksLikePass(code)) return openPass(code)
        if (looksLikeBarcode(code)) tell({ tone: 'urgent', text: t('find.unknownCode', { code }) })
        return 'unknown'
      }
      tell({ tone: 'urgent', text: messageOf(error) })
      return 'failed'
    }
  }

  const addCard = async (card: OfferCard, quantity: number): Promise<void> => {
    if (card.variantId === null) return setChoosing({ handle: card.handle, quantity })
    try {
      const page = await readProduct(card.handle, channelCode)
      const variant = page.variants[0]
      if (variant) add(lineOfPage(page, variant, site.id, quantity))
    } catch (error) {
      tell({ tone: 'urgent', text: messageOf(error) })
    }
  }

  return { notice, choosing, addCode, addCard, addLine: add, stopChoosing: () => setChoosing(null), tell }
}

/** Notes that the code of a letter was shown here. */
async function answerLetter(
  code: string,
  siteId: string,
  { t, tell }: { t: ReturnType<typeof useT>; tell: Adding['tell'] },
): Promise<CodeOutcome> {
  try {
    const { name, news } = await call(endpoints.noteLetterAnswer, { body: { code, siteId } })
    tell({ tone: 'done', text: t(news ? 'letter.answered' : 'letter.known', { name }) })
    return 'added'
  } catch (error) {
    tell({ tone: 'urgent', text: messageOf(error) })
    return error instanceof ApiError && error.problem.status === 404 ? 'unknown' : 'failed'
  }
}

/** The article a code names, as this shop sells it. @throws ApiError */
async function scannedLine(code: string, quantity: number, channel: string, siteId: string): Promise<BasketLine> {
  const { params, lots } = readScan(code, quantity)
  const query = { channel, locale: currentLocale() }
  const { product, variant } = await call(endpoints.findOfferByGtin, { params, query })
  const line = { ...lineOf(product, variant, siteId, quantity, null), ...lots }
  if (line.available !== 0) return line
  // What no shelf has may be a file, which its page tells.
  return { ...lineOfPage(await readProduct(product.handle, channel), variant, siteId, quantity), ...lots }
}

/** A GS1 symbol says more than which article it is: its lot, or its serial number. */
function readScan(code: string, units: number): { params: { code: string }; lots: Pick<BasketLine, 'lots'> } {
  const symbol = readGs1(code, new Date())
  const number = symbol?.serialNumber ?? symbol?.batchOrLotNumber
  return {
    params: { code: symbol?.gtin?.replace(/^0+(?=\d{8})/, '') ?? code },
    lots: number ? { lots: [{ number, units }] } : {},
  }
}
