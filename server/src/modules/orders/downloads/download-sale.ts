import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import type { DraftOrder } from '../draft-order.ts'
import { consentStatement, consentVersion, givenWithoutConsent } from './wording.ts'

/** A purchase with files among its articles: what is different about it. */
export type DownloadSale = {
  /** The order with the time from which each file is given, and with what its buyer agreed to. */
  completed(draft: DraftOrder): DraftOrder
}

/** What is different about a purchase of these files. @throws orders.consent_outdated */
export function downloadSale(
  ctx: Ctx,
  files: ReadonlySet<string>,
  { downloadConsent, locale }: PlaceOrderBody,
  forCompany: boolean,
): DownloadSale {
  if (downloadConsent && downloadConsent.version !== consentVersion) throw refuse('orders.consent_outdated')
  // A company has no right to withdraw that it could lose.
  const from = downloadConsent || forCompany ? ctx.clock.now() : givenWithoutConsent(ctx)
  return {
    completed(draft) {
      const lines = draft.lines.map((line) => (files.has(line.variant_id) ? { ...line, download_from: from } : line))
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
