import type { QuoteInput } from '@ecluse/contracts/quotes.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { ReadModel } from '../../offers/public.ts'
import { soldToAll } from '../early-access.ts'
import { hourLines, type FoundHour, type HourDesks, type HourWish } from '../hours/find-hours.ts'
import { withHours } from '../hours/keep-hours.ts'
import { promiseDates } from '../promise-dates.ts'
import { keptHoursOf } from '../queries/kept-hours.ts'
import { selectRevisions } from '../queries/quotes.ts'
import type { QuoteContent } from './quote-content.ts'

/**
 * Writes a quote with the hours it names, found before its transaction begins; most name none.
 * @param quoteId the quote that is changed; undefined for a new one
 * @throws what `findHours` and `write` throw
 */
export async function withQuotedHours<T>(
  desks: HourDesks,
  model: ReadModel,
  ctx: Ctx,
  input: QuoteInput,
  quoteId: string | undefined,
  write: (found: readonly FoundHour[]) => Promise<T>,
): Promise<T> {
  const { delivery, appointment, channel: code, locale } = input
  const window = windowOf(delivery)
  const slot = slotOf(delivery)
  if (!window && !slot && !appointment) return write([])
  const now = ctx.clock.now()
  const lines = input.lines.map(({ variantId, quantity }) => ({
    sellable: soldToAll(model, code, variantId, now),
    quantity,
  }))
  const [before] = quoteId === undefined ? [] : await selectRevisions(ctx.db, quoteId)
  const wish: HourWish = {
    window,
    slot,
    appointment,
    lines: hourLines(model, lines),
    locale,
    readyAt: readyAtOf(model, input, now),
    kept: quoteId === undefined ? [] : await keptHoursOf(ctx.db, quoteId),
    sameLoad: before !== undefined && isSameLoad(before.content, input),
  }
  return withHours(desks, ctx, wish, write)
}

function windowOf({ method, windowId, address }: QuoteInput['delivery']): HourWish['window'] {
  return method === 'delivery' && windowId !== undefined && address ? { windowId, address } : null
}

function slotOf({ method, slotId, siteId }: QuoteInput['delivery']): HourWish['slot'] {
  return method === 'pickup' && slotId !== undefined && siteId !== null ? { slotId, siteId } : null
}

/** When the goods of a quote are there if it is ordered now; null where that is at once, or not known yet. */
function readyAtOf(
  model: ReadModel,
  { channel: code, delivery: { method, siteId } }: QuoteInput,
  now: Date,
): Date | null {
  const terms = model.channel(code)?.deliveryTerms.get(method)
  return terms ? promiseDates(model, terms, { method, ...(siteId ? { siteId } : {}) }, now).promisedAt : null
}

/** Whether the same articles go to the same door: their delivery is written down already. */
function isSameLoad({ lines, delivery }: QuoteContent, input: QuoteInput): boolean {
  const loadOf = (some: readonly { readonly variantId: string; readonly quantity: number }[]): string =>
    some
      .map(({ variantId, quantity }) => `${variantId} ${quantity}`)
      .toSorted()
      .join()
  const doorOf = (address: QuoteInput['delivery']['address']): string =>
    [address?.name, address?.street, address?.street2, address?.postalCode, address?.locality].join()
  return loadOf(lines) === loadOf(input.lines) && doorOf(delivery.address) === doorOf(input.delivery.address)
}
