/**
 * Kinds of things that happen between a customer and the firm, as the log of interactions names them: an order, each article
 * bought in it (`purchase`), an order cancelled, goods that came back, a collection in a shop, a quote that was sent and one
 * that was accepted, articles reserved to be tried, an appointment made.
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
] as const
export type InteractionKind = (typeof interactionKinds)[number]
