import { createHash } from 'node:crypto'
import type { HourKind } from '@ecluse/contracts/kept-hours.ts'
import type { Gift } from '@ecluse/contracts/gifts.ts'
import type { QuoteInput, QuoteRules } from '@ecluse/contracts/quotes.ts'
import type { PostalAddress } from '@ecluse/contracts/scalars.ts'
import { Temporal } from 'temporal-polyfill'
import { refuse } from '../../../kernel/errors.ts'
import { vatBasisPoints, vatIncludedIn } from '../../../kernel/money.ts'
import type { ReadModel } from '../../offers/public.ts'
import type { FoundHour } from '../hours/find-hours.ts'
import { soldToAll } from '../early-access.ts'
import { deliveryFee } from '../../pricing/public.ts'

/** What a revision says, for good. Amounts are minor units as numbers: this is what is stored and sealed. */
export type QuoteContent = {
  readonly contact: { readonly name: string; readonly email: string | null; readonly phone: string | null }
  readonly company: string | null
  readonly lines: readonly {
    readonly variantId: string
    readonly sku: string
    readonly name: string
    readonly variantLabel: string
    readonly imageUrl: string | null
    readonly quantity: number
    readonly listMinor: number
    readonly unitMinor: number
    readonly vatBasisPoints: number
    readonly note: string
  }[]
  readonly delivery: {
    readonly method: 'delivery' | 'pickup' | 'carry_out' | 'download'
    readonly siteId: string | null
    readonly siteName: string | null
    readonly address: PostalAddress | null
    readonly feeMinor: number
    /** Left out where there is none, as in the revisions that were sealed before there were any. */
    readonly windowId?: string
    readonly slotId?: string
  }
  /** The same of these. */
  readonly appointment?: ChosenHour
  readonly hours?: readonly QuotedHour[]
  /** Left out where it is no present, as in the revisions that were sealed before there were any. */
  readonly gift?: Gift
  readonly notes: string
  readonly validUntil: string
  readonly keepGoods: boolean
  readonly overLimit: boolean
}

type ChosenHour = NonNullable<QuoteInput['appointment']>

/** An hour as a quote names it. */
export type QuotedHour = {
  readonly kind: HourKind
  readonly name: string | null
  readonly siteId: string | null
  readonly startsAt: string
  readonly endsAt: string
}

const timeZone = 'Europe/Paris'

/**
 * Writes a revision from what was typed, with the channel's own prices where none was negotiated.
 * @param found the hours it names
 * @throws channels.not_found, orders.not_sold, orders.quote_validity, orders.delivery_not_offered
 */
export function quoteContent(
  model: ReadModel,
  input: QuoteInput,
  rules: QuoteRules,
  now: Date,
  found: readonly FoundHour[] = [],
): QuoteContent {
  const end = endOfDay(input.validUntil)
  if (end <= now || end.getTime() > now.getTime() + 366 * 86_400_000) throw refuse('orders.quote_validity')
  const { lines, delivery } = quotedTerms(model, input, now, windowFeeOf(found))
  const { windowId, slotId } = input.delivery
  return {
    contact: input.contact,
    company: input.company || null,
    lines,
    delivery: { ...delivery, ...(windowId ? { windowId } : {}), ...(slotId ? { slotId } : {}) },
    ...(input.appointment ? { appointment: input.appointment } : {}),
    ...(found.length > 0 ? { hours: found.map(quotedHour) } : {}),
    ...(input.gift && delivery.method !== 'download' ? { gift: input.gift } : {}),
    notes: input.notes,
    validUntil: input.validUntil,
    keepGoods: input.keepGoods,
    overLimit: isOverLimit(lines, rules),
  }
}

function quotedHour({ kind, name, siteId, startsAt, endsAt }: FoundHour): QuotedHour {
  return { kind, name, siteId, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() }
}

/** What delivery in the window that was found costs; null where that is what the channel asks. */
function windowFeeOf(found: readonly Pick<FoundHour, 'kind' | 'feeMinor'>[]): number | null {
  const fee = found.find(({ kind }) => kind === 'window')?.feeMinor ?? null
  return fee === null ? null : Number(fee)
}

/** What is proposed and how it reaches its buyer, with what the channel itself asks for where nothing else was agreed upon. */
export type QuotedTerms = Pick<QuoteContent, 'lines' | 'delivery'>

/**
 * Prices what is being written into a quote. Files are given, not carried: alone they go no other way, and carriage is that of the goods
 * beside them.
 * @throws channels.not_found, orders.not_sold, orders.not_open_yet, orders.delivery_not_offered
 */
export function quotedTerms(
  model: ReadModel,
  input: Pick<QuoteInput, 'channel' | 'locale' | 'lines' | 'delivery'>,
  now: Date,
  windowFeeMinor: number | null = null,
): QuotedTerms {
  const channel = model.channel(input.channel)
  if (!channel) throw refuse('channels.not_found', { code: input.channel })
  const variants = new Set(input.lines.map((line) => line.variantId))
  const lines = [...variants].map((variantId) => {
    const same = input.lines.filter((line) => line.variantId === variantId)
    const sellable = soldToAll(model, input.channel, variantId, now)
    const listMinor = Number(sellable.unitPriceMinor)
    return {
      variantId,
      sku: sellable.sku,
      name: sellable.name[input.locale] || sellable.name.fr,
      variantLabel: sellable.label[input.locale],
      imageUrl: sellable.imageUrl,
      quantity: same.reduce((sum, line) => sum + line.quantity, 0),
      listMinor,
      unitMinor: same[0]?.unitPriceMinor ?? listMinor,
      vatBasisPoints: sellable.vatBasisPoints,
      note: same
        .map((line) => line.note)
        .filter(Boolean)
        .join('\n'),
    }
  })
  const goods = lines.filter(({ variantId }) => !model.isDownload(variantId))
  const asked = input.delivery
  if (goods.length > 0 && asked.method === 'download') throw refuse('orders.delivery_not_offered')
  const method = goods.length === 0 && asked.method !== 'carry_out' ? ('download' as const) : asked.method
  const siteId = method === 'pickup' || method === 'carry_out' ? asked.siteId : null
  const goodsMinor = goods.reduce((sum, line) => sum + line.unitMinor * line.quantity, 0)
  const terms = channel.deliveryTerms.get(method)
  const usualFee = terms ? Number(deliveryFee(terms, BigInt(goodsMinor))) : 0
  return {
    lines,
    delivery: {
      method,
      siteId,
      siteName: siteId === null ? null : (model.site(siteId)?.name ?? null),
      address: method === 'delivery' ? asked.address : null,
      feeMinor: method === 'download' ? 0 : (asked.feeMinor ?? windowFeeMinor ?? usualFee),
    },
  }
}

/** Whether the discounts of a quote go over what may be granted without asking: of one article, or in all. */
function isOverLimit(
  lines: readonly { listMinor: number; unitMinor: number; quantity: number }[],
  { mostDiscountBasisPoints, mostDiscountMinor }: Pick<QuoteRules, 'mostDiscountBasisPoints' | 'mostDiscountMinor'>,
): boolean {
  const granted = lines.map((line) => Math.max(0, line.listMinor - line.unitMinor) * line.quantity)
  const inAll = granted.reduce((sum, amount) => sum + amount, 0)
  return inAll > mostDiscountMinor || lines.some((line) => discountBasisPoints(line) > mostDiscountBasisPoints)
}

/** The discount on one article, in basis points of its list price, rounded up: a limit is never passed by rounding. */
export function discountBasisPoints({ listMinor, unitMinor }: { listMinor: number; unitMinor: number }): number {
  return listMinor <= unitMinor || listMinor === 0 ? 0 : Math.ceil(((listMinor - unitMinor) * 10_000) / listMinor)
}

/** The seal of a revision: over what it says and the seal before, so that none can be changed or left out unseen. */
export function sealOf(quoteId: string, revision: number, content: QuoteContent, before: string | null): string {
  return createHash('sha256')
    .update(JSON.stringify([quoteId, revision, before, content]))
    .digest('hex')
}

/** The sums of a revision, in minor units; VAT is taken out of each line, as everywhere. */
export function sumsOf({ lines, delivery }: QuotedTerms) {
  const rates = new Map<number, { gross: bigint; vat: bigint }>()
  const add = (rate: number, gross: bigint): void => {
    const sum = rates.get(rate) ?? { gross: 0n, vat: 0n }
    rates.set(rate, { gross: sum.gross + gross, vat: sum.vat + vatIncludedIn(gross, rate) })
  }
  for (const line of lines) add(line.vatBasisPoints, BigInt(line.unitMinor) * BigInt(line.quantity))
  if (delivery.feeMinor > 0) add(vatBasisPoints.standard, BigInt(delivery.feeMinor))
  const subtotalMinor = lines.reduce((sum, line) => sum + line.unitMinor * line.quantity, 0)
  const listMinor = lines.reduce((sum, line) => sum + Math.max(line.listMinor, line.unitMinor) * line.quantity, 0)
  return {
    subtotalMinor: BigInt(subtotalMinor),
    discountMinor: BigInt(listMinor - subtotalMinor),
    totalMinor: BigInt(subtotalMinor + delivery.feeMinor),
    vatByRate: [...rates]
      .sort(([a], [b]) => b - a)
      .map(([rateBasisPoints, { gross, vat }]) => ({ rateBasisPoints, baseMinor: gross - vat, vatMinor: vat })),
  }
}

/** The last moment of a day where the firm is. */
export function endOfDay(date: string): Date {
  const end = Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime({ timeZone })
  return new Date(end.epochMilliseconds - 1)
}
