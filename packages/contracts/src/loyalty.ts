import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import {
  codeSchema,
  cursorQuery,
  dateSchema,
  emailSchema,
  idSchema,
  instantSchema,
  localeSchema,
  moneySchema,
  pageOf,
  textSchema,
} from './scalars.ts'

/** What recognition gives beside points: a line of one's own, sales before others, the workshop, delivery without a fee. */
export const loyaltyBenefits = ['own_line', 'early_access', 'workshop', 'free_delivery'] as const
export type LoyaltyBenefit = (typeof loyaltyBenefits)[number]

const pointsSchema = z.int().min(1).max(10_000_000)
const percentSchema = z.int().min(0).max(1_000)
const thresholdSchema = z.int().min(1).max(100_000_000)
const filledText = textSchema.refine(({ fr, en }) => fr.trim() !== '' && en.trim() !== '', { path: ['fr'] })

const tierSchema = z
  .strictObject({
    code: codeSchema,
    name: filledText,
    fromMinor: thresholdSchema.describe('Bought and kept within the window, in cents, VAT included.'),
    percent: percentSchema.min(100).describe('What its members earn: 100 is the ordinary rate.'),
    benefits: z.array(z.enum(loyaltyBenefits)).max(loyaltyBenefits.length),
  })
  .meta({ id: 'LoyaltyTier' })

/** A programme's rule. Every figure is stated, so that points can be counted again from the orders alone. */
export const loyaltyRuleSchema = z
  .strictObject({
    name: filledText,
    pointsPer100Euros: z.int().min(1).max(100_000).describe('For a hundred euros of goods, VAT included.'),
    multipliers: z
      .array(
        z.strictObject({
          categoryCode: codeSchema.nullable().describe('With those under it; any, when null.'),
          channelCode: codeSchema.nullable().describe('Any, when null.'),
          percent: percentSchema.describe('200 doubles, 0 earns nothing.'),
        }),
      )
      .max(50)
      .describe('Of several that apply, 0 wins, else the highest.'),
    activation: z
      .enum(['received', 'return_period'])
      .describe('When pending points become active: on receipt, or when the time to change one’s mind is over.'),
    expiryMonths: z.int().min(1).max(120).nullable().describe('After they became active; never, when null.'),
    reward: z.strictObject({
      points: pointsSchema.describe('What one reward costs.'),
      valueMinor: z.int().min(1).max(1_000_000).describe('The voucher it gives, in cents.'),
    }),
    referral: z
      .strictObject({ sponsorPoints: pointsSchema, friendPoints: pointsSchema })
      .nullish()
      .describe('What a member and the friend they bring get when the friend’s first order is paid and kept.'),
    tiers: z.array(tierSchema).max(6).describe('From the lowest to the highest.'),
    windowMonths: z.int().min(1).max(60).describe('In which purchases count for a tier, and for which a tier is held.'),
  })
  .refine(({ tiers }) => tiers.every((tier, index) => tier.fromMinor > (tiers[index - 1]?.fromMinor ?? 0)), {
    path: ['tiers'],
  })
  .refine(({ tiers }) => new Set(tiers.map(({ code }) => code)).size === tiers.length, { path: ['tiers'] })
  .meta({ id: 'LoyaltyRule' })
export type LoyaltyRule = z.infer<typeof loyaltyRuleSchema>

const programmeSchema = z
  .strictObject({
    version: z.int().min(1),
    rule: loyaltyRuleSchema,
    /** Orders placed since then follow it; those before keep theirs. */
    since: instantSchema,
  })
  .meta({ id: 'LoyaltyProgramme' })
export type LoyaltyProgramme = z.infer<typeof programmeSchema>

/** Where a member stands, and what it takes to stay or to rise. */
const standingSchema = z
  .strictObject({
    tier: z.strictObject({ code: codeSchema, name: textSchema }).nullable(),
    spent: moneySchema.describe('Bought and kept within the window, until today.'),
    heldUntil: dateSchema.nullable().describe('Last day of the tier, in Paris.'),
    toKeep: z
      .strictObject({ missing: moneySchema, by: dateSchema })
      .nullable()
      .describe('What is still to be bought to keep the tier; zero when it is kept already.'),
    next: z
      .strictObject({ name: textSchema, missing: moneySchema })
      .nullable()
      .describe('The tier above, reached at once.'),
    benefits: z.array(z.enum(loyaltyBenefits)),
  })
  .meta({ id: 'LoyaltyStanding' })
export type LoyaltyStanding = z.infer<typeof standingSchema>

/** Why points moved. */
export const pointCauses = [
  'earned',
  'unearned',
  'activated',
  'reversed',
  'restored',
  'spent',
  'expired',
  'adjusted',
  'referral',
  'partner_earned',
  'partner_reversed',
  'partner_spent',
  'partner_held',
  'partner_released',
  'partner_returned',
] as const
export type PointCause = (typeof pointCauses)[number]

const movementSchema = z
  .strictObject({
    id: idSchema,
    at: instantSchema,
    cause: z.enum(pointCauses),
    active: z.int().describe('What it changed of the points that can be spent.'),
    pending: z.int().describe('What it changed of the points still to come.'),
    order: z.strictObject({ id: idSchema, number: z.string() }).nullable(),
    partner: z.string().nullable().describe('The partner at whose till it was.'),
    expiresAt: instantSchema.nullable(),
    note: z.string().nullable(),
    actor: z.string().nullable(),
  })
  .meta({ id: 'PointMovement' })
export type PointMovement = z.infer<typeof movementSchema>

const rewardVoucherSchema = z.strictObject({
  code: z.string(),
  points: z.int(),
  issued: moneySchema,
  balance: moneySchema,
  expiresAt: instantSchema,
})

const memberSchema = z
  .strictObject({
    customerId: idSchema,
    name: z.string(),
    cardNumber: z.string().describe('A GTIN-13 of the numbers kept for use within a firm.'),
    joinedAt: instantSchema,
    joinedIn: codeSchema.nullable(),
    points: z.strictObject({
      active: z.int().describe('Below zero after a return of what had been spent; new points work it off.'),
      pending: z.int(),
      expiring: z.array(z.strictObject({ points: z.int(), at: instantSchema })).describe('The next to end, first.'),
    }),
    spendable: z.strictObject({
      rewards: z.int().describe('How many rewards the active points pay for.'),
      each: z.strictObject({ points: z.int(), value: moneySchema }),
    }),
    standing: standingSchema,
    vouchers: z.array(rewardVoucherSchema).describe('Given for points and not used up.'),
    movements: z.array(movementSchema).describe('The latest first, at most two hundred.'),
  })
  .meta({ id: 'LoyaltyMember' })
export type LoyaltyMember = z.infer<typeof memberSchema>

const listedMemberSchema = z.strictObject({
  customerId: idSchema,
  name: z.string(),
  email: z.string().nullable(),
  cardNumber: z.string(),
  joinedAt: instantSchema,
  tier: codeSchema.nullable(),
  active: z.int(),
  pending: z.int(),
})

const liabilitySchema = z
  .strictObject({
    members: z.int(),
    active: z.int(),
    pending: z.int(),
    held: z.int().describe('Set aside at partners’ tills.'),
    /** What active points would cost if all were spent today. */
    worth: moneySchema.nullable(),
    /** Points that members owe, because what earned them came back after they were spent. */
    owed: z.int(),
    byMonth: z.array(
      z.strictObject({
        month: z.string().nullable().describe('YYYY-MM in which they end; null: never.'),
        points: z.int(),
      }),
    ),
    /** Everything that was ever given, and where it went. */
    given: z.int(),
    spent: z.int(),
    expired: z.int(),
  })
  .meta({ id: 'LoyaltyLiability' })
export type LoyaltyLiability = z.infer<typeof liabilitySchema>

/** A card as it is typed or scanned: spaces do not count. */
export const cardNumberSchema = z
  .string()
  .transform((typed) => typed.replace(/\s/g, ''))
  .pipe(z.string().regex(/^[0-9A-Za-z-]{4,40}$/))

const customerParams = z.strictObject({ customerId: idSchema })
const rewardsSchema = z.int().min(1).max(1_000)
const optionalMember = z.strictObject({ member: memberSchema.nullable() })

export const loyaltyEndpoints = {
  getLoyaltyProgramme: endpoint({
    method: 'GET',
    path: '/loyalty/programme',
    summary: 'The loyalty programme in force; null when there is none',
    access: 'public',
    response: z.strictObject({ programme: programmeSchema.nullable() }),
  }),
  putLoyaltyProgramme: endpoint({
    method: 'PUT',
    path: '/loyalty/programme',
    summary: 'Start the programme, or change it for orders from now on',
    access: 'loyalty:write',
    body: loyaltyRuleSchema,
    response: programmeSchema,
  }),
  getLoyaltyLiability: endpoint({
    method: 'GET',
    path: '/loyalty/liability',
    summary: 'Points that members hold, by the month in which they end',
    access: 'customers:read',
    response: liabilitySchema,
  }),
  listLoyaltyMembers: endpoint({
    method: 'GET',
    path: '/loyalty/members',
    summary: 'Members, the latest to join first',
    access: 'customers:read',
    query: z.strictObject({ ...cursorQuery, tier: codeSchema.optional() }),
    response: pageOf(listedMemberSchema),
  }),
  getLoyaltyMember: endpoint({
    method: 'GET',
    path: '/loyalty/members/{customerId}',
    summary: 'Card, points, tier and statement of a customer; null for who is no member',
    access: 'customers:read',
    params: customerParams,
    response: optionalMember,
  }),
  joinLoyalty: endpoint({
    method: 'POST',
    path: '/loyalty/members/{customerId}',
    summary: 'Make a customer a member; a member stays one',
    access: 'customers:write',
    params: customerParams,
    idempotent: true,
    response: memberSchema,
  }),
  adjustLoyaltyPoints: endpoint({
    method: 'POST',
    path: '/loyalty/members/{customerId}/adjustments',
    summary: 'Give points by hand, or take some, with a reason',
    access: 'loyalty:adjust',
    params: customerParams,
    body: z.strictObject({
      points: z
        .int()
        .min(-1_000_000)
        .max(1_000_000)
        .refine((points) => points !== 0),
      reason: z.string().trim().min(3).max(200),
    }),
    idempotent: true,
    response: memberSchema,
  }),
  findLoyaltyCard: endpoint({
    method: 'POST',
    path: '/loyalty/cards/find',
    summary: 'Whose card was scanned, for the till: a visit to its shop, noted once a day',
    access: 'till:sell',
    body: z.strictObject({
      cardNumber: cardNumberSchema,
      channelCode: codeSchema
        .nullable()
        .default(null)
        .describe('Of the shop the card is shown in; no visit without it.'),
      locale: localeSchema,
    }),
    response: memberSchema,
  }),
  joinLoyaltyAtTill: endpoint({
    method: 'POST',
    path: '/loyalty/cards',
    summary: 'Give a card to somebody at a till',
    access: 'till:sell',
    body: z
      .strictObject({
        name: z.string().trim().min(1).max(120),
        email: emailSchema.nullable().default(null),
        phone: z.string().trim().max(30).nullable().default(null),
        channelCode: codeSchema,
        locale: localeSchema,
      })
      .refine(({ email, phone }) => email !== null || phone !== null, { path: ['email'] }),
    idempotent: true,
    response: memberSchema,
  }),
  claimLoyaltyPurchase: endpoint({
    method: 'POST',
    path: '/loyalty/purchases',
    summary: 'Note whose a purchase at a till is, from their card',
    access: 'till:sell',
    body: z.strictObject({ orderId: idSchema, cardNumber: cardNumberSchema }),
    idempotent: true,
    response: memberSchema,
  }),
  spendLoyaltyCard: endpoint({
    method: 'POST',
    path: '/loyalty/cards/rewards',
    summary: 'Turn points of a card into a voucher',
    access: 'till:sell',
    body: z.strictObject({ cardNumber: cardNumberSchema, rewards: rewardsSchema }),
    idempotent: true,
    response: rewardVoucherSchema,
  }),
  getMyLoyalty: endpoint({
    method: 'GET',
    path: '/loyalty/me',
    summary: 'The signed-in person’s card, points, tier and statement',
    access: 'account',
    response: optionalMember,
  }),
  joinMyLoyalty: endpoint({
    method: 'POST',
    path: '/loyalty/me',
    summary: 'Become a member',
    access: 'account',
    body: z.strictObject({ locale: localeSchema }),
    idempotent: true,
    response: memberSchema,
  }),
  spendMyPoints: endpoint({
    method: 'POST',
    path: '/loyalty/me/rewards',
    summary: 'Turn points of one’s own into a voucher',
    access: 'account',
    body: z.strictObject({ rewards: rewardsSchema }),
    idempotent: true,
    response: rewardVoucherSchema,
  }),
}
