import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { ShownArticle } from '../mail/compose-own.ts'

/** What messages of one's own ask of the shop. */
export type MailDesk = {
  /** An article as the online shop sells it at a moment; null when it does not. */
  article(productId: string, locale: Locale, at: Date): ShownArticle | null
  /** The page of what one wishes to receive; without a token, where that is asked for. */
  preferences(locale: Locale, token: string | null): string
}
