/**
 * Kinds of things that happen between a customer and the firm, as the log of interactions names them: an order, each article
 * bought in it (`purchase`), an order cancelled, goods that came back, a collection in a shop.
 */
export const interactionKinds = ['order', 'purchase', 'cancellation', 'return', 'collection'] as const
export type InteractionKind = (typeof interactionKinds)[number]
