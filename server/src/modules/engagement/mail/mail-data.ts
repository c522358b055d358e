import type { Site } from '@ecluse/contracts/channels.ts'
import type { OrderDownloads } from '@ecluse/contracts/downloads.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Sender } from '../domain/sender.ts'
import type { Details } from '../domain/template.ts'
import type { Qr } from './mail.ts'

/** One part of a mixed order, and its shop. */
export type MailPart = { readonly order: Order; readonly site: Site | null }

/** Everything a message is made of. */
export type MailData = {
  readonly locale: Locale
  readonly order: Order
  readonly details: Details
  /** The shop of a pick-up or of a purchase at a till. */
  readonly site: Site | null
  /** How each part of a mixed order reaches its buyer; empty when it goes one way. */
  readonly parts?: readonly MailPart[]
  readonly sender: Sender
  readonly links: { readonly order: string; readonly withdrawal: string; readonly returnSlip: string }
  /** The files of the order, with whole addresses; absent for most orders. */
  readonly downloads?: OrderDownloads
  /** What the receipt of a withdrawal says, line by line. */
  readonly receipt?: readonly string[]
  /** The pick-up's code as a picture, when there is one. */
  readonly qr: Qr | null
}
