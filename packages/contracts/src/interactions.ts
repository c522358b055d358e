/**
 * Kinds of things that happen between a customer and the firm, as the log of interactions names them: an order, each article
 * bought in it (`purchase`), an order cancelled, goods that came back, a collection in a shop, a quote that was sent and one
 * that was accepted, articles reserved to be tried, an appointment made; a visit of the online shop, signed in or not, and
 * each product and category looked at in it; a card shown in a shop (`store_visit`); a message that left, was opened or clicked by
 * a person or by a machine, an answer; a call that reached them or did not; a visit of a representative who met them.
 */
export const interactionKinds = [
  'order',
  'purchase',
  'cancellation',
  'return',
  'collection',
  'quote',
  'quote_acceptance',
  'reservation',
  'appointment',
  'visit_signed_in',
  'visit_anonymous',
  'product_view',
  'category_view',
  'store_visit',
  'message_sent',
  'message_opened',
  'machine_open',
  'click',
  'machine_click',
  'answer',
  'call_answered',
  'call_unanswered',
  'sales_visit',
] as const
export type InteractionKind = (typeof interactionKinds)[number]

/** What the firm or a machine did: the customer need not have noticed. */
export const notTheirs = [
  'quote',
  'message_sent',
  'machine_open',
  'machine_click',
  'call_unanswered',
] as const satisfies readonly InteractionKind[]

/** Kinds that tell of a product: products and categories can be asked of these only. */
const kindsOfGoods: readonly InteractionKind[] = ['purchase', 'product_view']

/** Whether products and categories can be asked of a kind. */
export function tellsOfGoods(kind: InteractionKind): boolean {
  return kindsOfGoods.includes(kind)
}
