import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import type { DraftOrder } from '../draft-order.ts'
import type { LineToSource, SourcedPurchase } from '../source-purchase.ts'
import { consentStatement, consentVersion, givenWithoutConsent } from './wording.ts'

/** A purchase with files among its articles: what is different about it. */
export type DownloadSale = {
  /**
   * Places for what is carried out of a shop with files beside it: goods from its shelves, files from where licences lie. Undefined for what
   * goes any other way, where files are a part of their own.
   */
  readonly atTill?: (choose: ChoosePlaces, lines: readonly LineToSource[]) => SourcedPurchase
  /** The order with the time from which each file is given, and with what its buyer agreed to. */
  completed(draft: DraftOrder): DraftOrder
}

/** Chooses places for some lines that go one way. */
export type ChoosePlaces = (delivery: PlaceOrderBody['delivery'], lines: readonly LineToSource[]) => SourcedPurchase

/** What is different about a purchase of these files. @throws orders.consent_outdated */
export function downloadSale(
  ctx: Ctx,
  files: ReadonlySet<string>,
  { downloadConsent, locale, delivery }: PlaceOrderBody,
  forCompany: boolean,
): DownloadSale {
  if (downloadConsent && downloadConsent.version !== consentVersion) throw refuse('orders.consent_outdated')
  const inShop = delivery.method === 'carry_out'
  // Neither a company nor who buys in a shop has a right to withdraw that they could lose.
  const from = downloadConsent || forCompany || inShop ? ctx.clock.now() : givenWithoutConsent(ctx)
  return {
    ...(inShop ? { atTill: (choose, lines) => sourceAtTill(files, delivery, choose, lines) } : {}),
    completed(draft) {
      // Nobody carries a file out of a shop: it is given like any other.
      const lines = draft.lines.map((line) =>
        files.has(line.variant_id) ? { ...line, download_from: from, fulfilled_quantity: 0 } : line,
      )
      if (!downloadConsent) return { ...draft, lines }
      const statement = consentStatement(locale)
      const agreed_at = draft.order.placed_at
      return {
        ...draft,
        lines,
        consent: { order_id: draft.order.id, wording: consentVersion, locale, statement, agreed_at },
      }
    },
  }
}

/** @throws orders.out_of_stock */
function sourceAtTill(
  files: ReadonlySet<string>,
  delivery: PlaceOrderBody['delivery'],
  choose: ChoosePlaces,
  lines: readonly LineToSource[],
): SourcedPurchase {
  const given = lines.filter(({ variantId }) => files.has(variantId))
  const carried = lines.filter(({ variantId }) => !files.has(variantId))
  const fromFiles = choose({ method: 'download' }, given)
  if (carried.length === 0) return fromFiles
  const fromShelves = choose(delivery, carried)
  const placeOf = new Map([
    ...given.map((line, index) => [line, fromFiles.placeIds[index] ?? ''] as const),
    ...carried.map((line, index) => [line, fromShelves.placeIds[index] ?? ''] as const),
  ])
  return { ...fromShelves, placeIds: lines.map((line) => placeOf.get(line) ?? '') }
}
