import { z } from 'zod'
import { endpoint } from './endpoint.ts'

const money = z.number().min(0).max(1e12)
const share = z.number().min(0).max(1)
const years = z.int().min(1).max(50)
const count = z.number().min(0).max(1e10)

export const centreApplicationSchema = z
  .strictObject({
    visits: count,
    conversion: share,
    basket: money,
    uplift: share,
    upliftOfOffers: share,
    upliftOfDetection: share,
    margin: share,
    variableRent: share,
    feePerVisit: money,
    investment: z.strictObject({ landlord: money, shops: money, operator: money }),
    yearlyCost: z.strictObject({ landlord: money, shops: money, operator: money }),
    years,
    discountRate: z.number().min(0).max(2),
  })
  .meta({ id: 'CentreApplication' })
export type CentreApplicationCase = z.infer<typeof centreApplicationSchema>

export const prefilledAccountsSchema = z
  .strictObject({
    begun: count,
    finished: share,
    finishedPrefilled: share,
    reachable: share,
    accountValue: money,
    fraudPerAccount: money,
    fraudAvoided: share,
    feePerAccount: money,
    investment: z.strictObject({ merchant: money, operator: money }),
    yearlyCost: z.strictObject({ merchant: money, operator: money }),
    years,
    discountRate: z.number().min(0).max(2),
  })
  .meta({ id: 'PrefilledAccounts' })
export type PrefilledAccountsCase = z.infer<typeof prefilledAccountsSchema>

/** The two business cases of the trade, with invented figures of an ordinary size to start from. */
export const ventureExamples = {
  centre: {
    visits: 12_000_000,
    conversion: 0.3,
    basket: 38,
    uplift: 0.02,
    upliftOfOffers: 0.3,
    upliftOfDetection: 0.2,
    margin: 0.35,
    variableRent: 0.08,
    feePerVisit: 0.4,
    investment: { landlord: 100_000, shops: 50_000, operator: 180_000 },
    yearlyCost: { landlord: 20_000, shops: 30_000, operator: 45_000 },
    years: 5,
    discountRate: 0.08,
  } satisfies CentreApplicationCase,
  prefill: {
    begun: 120_000,
    finished: 0.42,
    finishedPrefilled: 0.68,
    reachable: 0.45,
    accountValue: 28,
    fraudPerAccount: 1.5,
    fraudAvoided: 0.6,
    feePerAccount: 4,
    investment: { merchant: 90_000, operator: 40_000 },
    yearlyCost: { merchant: 12_000, operator: 35_000 },
    years: 5,
    discountRate: 0.08,
  } satisfies PrefilledAccountsCase,
}

const ventureSchema = z
  .strictObject({
    total: z.number().describe('Present value of all together, in euros.'),
    shares: z.array(
      z.strictObject({
        party: z.string(),
        own: z.number(),
        stated: z.number(),
        shapley: z.number(),
        nash: z.number(),
        yearlyToShapley: z.number(),
      }),
    ),
    acceptable: z.boolean().describe('Whether under the stated rule nobody loses.'),
    leaving: z.strictObject({ parties: z.array(z.string()), gain: z.number() }).nullable(),
    benefits: z.array(z.strictObject({ name: z.string(), to: z.string(), yearly: z.number() })),
    payments: z.array(z.strictObject({ name: z.string(), from: z.string(), to: z.string(), yearly: z.number() })),
  })
  .meta({ id: 'VentureVerdict' })
export type VentureVerdict = z.infer<typeof ventureSchema>

export const ventureEndpoints = {
  judgeCentreApplication: endpoint({
    method: 'POST',
    path: '/strategy/ventures/centre-application',
    summary: 'A shopping-centre application paid by its effect on visits: what it makes, and how it may be shared',
    access: 'strategy:read',
    reads: true,
    body: centreApplicationSchema,
    response: ventureSchema,
  }),
  judgePrefilledAccounts: endpoint({
    method: 'POST',
    path: '/strategy/ventures/prefilled-accounts',
    summary: 'Accounts opened with data prefilled by the operator: what it makes, and how it may be shared',
    access: 'strategy:read',
    reads: true,
    body: prefilledAccountsSchema,
    response: ventureSchema,
  }),
}
