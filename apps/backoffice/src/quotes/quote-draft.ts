import type { Cart } from '@ecluse/contracts/carts.ts'
import type { HourKind } from '@ecluse/contracts/kept-hours.ts'
import type { Gift } from '@ecluse/contracts/gifts.ts'
import type { QuoteInput, QuoteRevision, QuoteRules } from '@ecluse/contracts/quotes.ts'
import type { Locale, PostalAddress } from '@ecluse/contracts/scalars.ts'

/** A line of a quote while it is being written; amounts in minor units. */
export type DraftLine = {
  readonly variantId: string
  readonly productId: string | null
  readonly name: string
  readonly label: string
  readonly sku: string
  readonly imageUrl: string | null
  readonly quantity: number
  readonly listMinor: number
  readonly unitMinor: number
  readonly vatBasisPoints: number
  readonly note: string
}

/** Where it is brought, as it is typed; empty until that is known. */
export type DraftAddress = {
  readonly name: string
  readonly street: string
  readonly street2: string
  readonly postalCode: string
  readonly locality: string
}

const noAddress: DraftAddress = { name: '', street: '', street2: '', postalCode: '', locality: '' }

/** An hour that is chosen, with how it is shown. */
export type DraftHour = { readonly id: string; readonly startsAt: string; readonly endsAt: string }

/** A quote while it is being written. */
export type QuoteDraft = {
  readonly channel: string
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly company: string
  readonly lines: readonly DraftLine[]
  readonly method: 'delivery' | 'pickup' | 'carry_out'
  readonly siteId: string | null
  readonly address: DraftAddress
  /** Null: what the channel asks. */
  readonly feeMinor: number | null
  /** The window it is brought in, or the time at the drive; null: none. */
  readonly window: DraftHour | null
  readonly slot: DraftHour | null
  /** An hour of a service that goes with an article. */
  readonly appointment: QuoteInput['appointment']
  /** Set when it is to be given to somebody. */
  readonly gift: Gift | null
  readonly notes: string
  readonly validUntil: string
  readonly keepGoods: boolean
}

/** A part of the form: what is written, how it is changed, and which fields are not right yet. */
export type QuotePart = {
  readonly draft: QuoteDraft
  readonly patch: (changes: Partial<QuoteDraft>) => void
  readonly wrong: ReadonlySet<string>
}

export function emptyDraft(channel: string, validUntil: string): QuoteDraft {
  return {
    channel,
    name: '',
    email: '',
    phone: '',
    company: '',
    lines: [],
    method: 'carry_out',
    siteId: null,
    address: noAddress,
    feeMinor: null,
    window: null,
    slot: null,
    appointment: null,
    gift: null,
    notes: '',
    validUntil,
    keepGoods: false,
  }
}

/** The lines of a cart that becomes a quote. */
export function linesOfCart(cart: Cart): DraftLine[] {
  return cart.lines.map((line) => ({
    variantId: line.variantId,
    productId: line.productId,
    name: line.name,
    label: line.variantLabel,
    sku: line.sku,
    imageUrl: line.imageUrl,
    quantity: line.quantity,
    listMinor: line.unitPrice.amountMinor,
    unitMinor: line.unitPrice.amountMinor,
    vatBasisPoints: line.vatRateBasisPoints,
    note: '',
  }))
}

/** A revision, to be changed into the next. */
export function draftOf(channel: string, revision: QuoteRevision): QuoteDraft {
  return {
    channel,
    name: revision.contact.name,
    email: revision.contact.email ?? '',
    phone: revision.contact.phone ?? '',
    company: revision.company ?? '',
    lines: revision.lines.map((line) => ({
      variantId: line.variantId,
      productId: line.productId,
      name: line.name,
      label: line.variantLabel,
      sku: line.sku,
      imageUrl: line.imageUrl,
      quantity: line.quantity,
      listMinor: line.listPrice.amountMinor,
      unitMinor: line.unitPrice.amountMinor,
      vatBasisPoints: line.vatRateBasisPoints,
      note: line.note,
    })),
    // Files alone are downloaded; goods that are added to them are brought.
    method: revision.delivery.method === 'download' ? 'delivery' : revision.delivery.method,
    siteId: revision.delivery.siteId,
    address: { ...noAddress, ...revision.delivery.address, street2: revision.delivery.address?.street2 ?? '' },
    feeMinor: revision.delivery.method === 'download' ? null : revision.delivery.fee.amountMinor,
    window: hourOf(revision, 'window', revision.delivery.windowId),
    slot: hourOf(revision, 'bay', revision.delivery.slotId),
    appointment: revision.appointment,
    gift: revision.gift,
    notes: revision.notes,
    validUntil: revision.validUntil,
    keepGoods: revision.keepGoods,
  }
}

function hourOf({ hours }: QuoteRevision, kind: HourKind, id: string | null): DraftHour | null {
  const hour = hours.find((one) => one.kind === kind)
  return hour && id !== null ? { id, startsAt: hour.startsAt, endsAt: hour.endsAt } : null
}

/** What is sent. */
export function inputOf(draft: QuoteDraft, locale: Locale): QuoteInput {
  return {
    channel: draft.channel,
    locale,
    contact: { name: draft.name.trim(), email: draft.email.trim() || null, phone: draft.phone.trim() || null },
    company: draft.company.trim() || null,
    lines: draft.lines.map((line) => ({
      variantId: line.variantId,
      quantity: line.quantity,
      unitPriceMinor: line.unitMinor,
      note: line.note,
    })),
    delivery: {
      method: draft.method,
      siteId: draft.method === 'delivery' ? null : draft.siteId,
      address: draft.method === 'delivery' ? addressOf(draft) : null,
      ...(draft.feeMinor === null ? {} : { feeMinor: draft.feeMinor }),
      ...(draft.method === 'delivery' && draft.window ? { windowId: draft.window.id } : {}),
      ...(draft.method === 'pickup' && draft.slot ? { slotId: draft.slot.id } : {}),
    },
    appointment: draft.appointment,
    gift: draft.gift,
    notes: draft.notes,
    validUntil: draft.validUntil,
    keepGoods: draft.keepGoods,
  }
}

/** The address as it is sent: null while nothing of it is typed; in the name of the buyer unless another stands there. */
function addressOf({ address, name }: QuoteDraft): PostalAddress | null {
  const { street, street2, postalCode, locality } = address
  if ([street, street2, postalCode, locality].every((part) => part.trim() === '')) return null
  return {
    name: address.name.trim() || name.trim(),
    street: street.trim(),
    ...(street2.trim() === '' ? {} : { street2: street2.trim() }),
    postalCode: postalCode.trim(),
    locality: locality.trim(),
    country: 'FR',
  }
}

/** The price of one after a discount in percent, to the cent. */
export function discounted(listMinor: number, percent: number): number {
  return Math.max(0, Math.round(listMinor * (1 - percent / 100)))
}

/** The discount of a line in percent, to one decimal. */
export function discountOf({ listMinor, unitMinor }: Pick<DraftLine, 'listMinor' | 'unitMinor'>): number {
  return listMinor <= unitMinor || listMinor === 0 ? 0 : Math.round(((listMinor - unitMinor) * 1_000) / listMinor) / 10
}

/** What the quote comes to; VAT is taken out of each line, as the server does. */
export function totalsOf({ lines, feeMinor }: Pick<QuoteDraft, 'lines' | 'feeMinor'>) {
  const subtotal = lines.reduce((sum, line) => sum + line.unitMinor * line.quantity, 0)
  const discount = lines.reduce((sum, line) => sum + Math.max(0, line.listMinor - line.unitMinor) * line.quantity, 0)
  const vatIn = (gross: number, rate: number): number => Math.round((gross * rate) / (10_000 + rate))
  const vat =
    lines.reduce((sum, line) => sum + vatIn(line.unitMinor * line.quantity, line.vatBasisPoints), 0) +
    vatIn(feeMinor ?? 0, 2_000)
  return { subtotal, discount, vat, total: subtotal + (feeMinor ?? 0) }
}

/** Whether sending it will need somebody's approval. */
export function needsApproval({ lines }: Pick<QuoteDraft, 'lines'>, rules: QuoteRules | undefined): boolean {
  if (!rules) return false
  const { discount } = totalsOf({ lines, feeMinor: 0 })
  return (
    discount > rules.mostDiscountMinor || lines.some((line) => discountOf(line) * 100 > rules.mostDiscountBasisPoints)
  )
}
