import { z } from 'zod'

/** What a buyer wants when an article of their order is missing: another in its place, a call first, or their money. */
export const substitutionWishes = ['accept', 'ask', 'refuse'] as const
export const substitutionWishSchema = z.enum(substitutionWishes)
export type SubstitutionWish = (typeof substitutionWishes)[number]
