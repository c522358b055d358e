import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { codeSchema, dateSchema, idSchema, moneySchema, textSchema } from './scalars.ts'

export const channelMedia = [
  'web',
  'mobile',
  'store',
  'kiosk',
  'phone',
  'field',
  'print',
  'email',
  'sms',
  'letter',
  'marketplace',
  'partner',
  'social',
  'agent',
] as const
export const channelMediumSchema = z.enum(channelMedia)
export type ChannelMedium = z.infer<typeof channelMediumSchema>

/** Opening hours of one weekday (1 = Monday, ISO 8601), in the site's own time zone. */
export const openingHoursSchema = z
  .strictObject({
    weekday: z.int().min(1).max(7),
    opens: z.string().regex(/^\d{2}:\d{2}$/),
    closes: z.string().regex(/^\d{2}:\d{2}$/),
  })
  .meta({ id: 'OpeningHours' })

export const siteSchema = z
  .strictObject({
    id: idSchema,
    code: codeSchema,
    kind: z
      .enum(['shop', 'warehouse', 'office', 'supplier'])
      .describe('A supplier’s place, from where they send to our customers, is told to staff alone.'),
    name: z.string(),
    street: z.string(),
    postalCode: z.string(),
    locality: z.string(),
    country: z.string(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    phone: z.string().nullable(),
    timeZone: z.string(),
    openingHours: z.array(openingHoursSchema),
    offersPickup: z.boolean(),
    pickupReadyMinutes: z.int().describe('Minutes of opening time needed to prepare a pick-up.'),
  })
  .meta({ id: 'Site' })
export type Site = z.infer<typeof siteSchema>

export const channelSchema = z
  .strictObject({
    id: idSchema,
    code: codeSchema,
    medium: channelMediumSchema,
    name: textSchema,
    circuit: z.enum(['direct', 'short', 'long']).describe('Who stands between maker and consumer.'),
    siteIds: z.array(idSchema),
    handsOffTo: z.array(codeSchema).describe('Codes of the channels this one offers to continue in.'),
    sells: z.boolean(),
    active: z.boolean(),
    costs: z.strictObject({
      fixedPerMonth: moneySchema,
      perContact: moneySchema,
      perOrder: moneySchema,
      commissionBasisPoints: z.int(),
    }),
  })
  .meta({ id: 'Channel' })
export type Channel = z.infer<typeof channelSchema>

const costMinorSchema = z.int().min(0).max(1_000_000_000)
const shareSchema = z.int().min(0).max(10_000)

/** What a channel costs, by what drives it: minor units, and basis points (100 is 1 %). */
export const channelCostTermsSchema = z.strictObject({
  fixedPerMonthMinor: costMinorSchema.describe('Rent, people, software: not part of the cost to serve of an order.'),
  perOrderMinor: costMinorSchema.describe('Handling, for each order.'),
  perLineMinor: costMinorSchema.describe('Picking, for each line.'),
  perUnitMinor: costMinorSchema.describe('Picking, for each unit.'),
  perParcelMinor: costMinorSchema.describe('Packing and carriage, for each parcel.'),
  perContactMinor: costMinorSchema.describe('Each time the customer is met: order, collection, return.'),
  perCardPaymentMinor: costMinorSchema.describe('For each payment by card.'),
  cardBasisPoints: shareSchema.describe('Of what was paid by card.'),
  commissionBasisPoints: shareSchema.describe('Of the price without VAT.'),
  goodsBasisPoints: shareSchema.describe(
    'What goods are taken to cost, of their price without VAT, where no purchase price is known.',
  ),
})
export type ChannelCostTerms = z.infer<typeof channelCostTermsSchema>

export const channelCostSchema = z
  .strictObject({ validFrom: dateSchema, ...channelCostTermsSchema.shape })
  .meta({ id: 'ChannelCost', description: 'What a channel costs from a day on, until the next one says otherwise.' })
export type ChannelCost = z.infer<typeof channelCostSchema>

const costsOfChannel = z.strictObject({ items: z.array(channelCostSchema) })
const costParams = z.strictObject({ code: codeSchema, validFrom: dateSchema })

/** What a shopper may know of a channel: not its costs. */
export const publicChannelSchema = channelSchema.omit({ costs: true, circuit: true }).meta({ id: 'PublicChannel' })
export type PublicChannel = z.infer<typeof publicChannelSchema>

export const channelEndpoints = {
  listChannels: endpoint({
    method: 'GET',
    path: '/channels',
    summary: 'Channels, what they offer and where they hand over',
    access: 'public',
    response: z.strictObject({ items: z.array(publicChannelSchema) }),
  }),
  listSites: endpoint({
    method: 'GET',
    path: '/sites',
    summary: 'Shops and other places, with opening hours',
    access: 'public',
    response: z.strictObject({
      items: z.array(siteSchema),
      /** Days after receipt within which articles may be brought back to them without a reason. */
      returnDays: z.int(),
    }),
  }),
  listChannelCosts: endpoint({
    method: 'GET',
    path: '/channel-costs',
    summary: 'Channels with their circuit and cost model',
    access: 'catalog:read',
    response: z.strictObject({ items: z.array(channelSchema) }),
  }),
  listCostsOfChannel: endpoint({
    method: 'GET',
    path: '/channels/{code}/costs',
    summary: 'What a channel costs, and since when: the latest first',
    access: 'catalog:read',
    params: z.strictObject({ code: codeSchema }),
    response: costsOfChannel,
  }),
  putCostsOfChannel: endpoint({
    method: 'PUT',
    path: '/channels/{code}/costs/{validFrom}',
    summary: 'Say what a channel costs from a day on',
    access: 'prices:write',
    params: costParams,
    body: channelCostTermsSchema,
    response: costsOfChannel,
  }),
  deleteCostsOfChannel: endpoint({
    method: 'DELETE',
    path: '/channels/{code}/costs/{validFrom}',
    summary: 'Take back what was said of the costs from a day on; the first stays',
    access: 'prices:write',
    params: costParams,
    response: costsOfChannel,
  }),
}
