import { requireRange } from '../unanswerable.ts'
import type { Venture } from './shared-venture.ts'

/** A shopping centre whose application brings people: landlord, shops, and who operates it. Money a year, shares between 0 and 1. */
export interface CentreApplication {
  /** Visits to the centre in a year, and the share of them that becomes a purchase. */
  visits: number
  conversion: number
  basket: number
  /** Visits more thanks to the application: 0.04. What shops add to it (offers) and what the landlord does (signs, detection) each part of it. */
  uplift: number
  upliftOfOffers: number
  upliftOfDetection: number
  /** What shops keep of a purchase after its goods, and what of their turnover they owe the landlord. */
  margin: number
  variableRent: number
  /** What the operator asks for each visit more, from the landlord; measured, so paid by effect. */
  feePerVisit: number
  investment: { landlord: number; shops: number; operator: number }
  yearlyCost: { landlord: number; shops: number; operator: number }
  years: number
  discountRate: number
}

/**
 * The application paid by its effect on visits: the operator’s part of the uplift needs nobody else’s equipment but a centre and its shops;
 * offers need the shops, detection the landlord. Shops earn margin less variable rent on each purchase more; the landlord the rent.
 */
export function centreApplication(given: CentreApplication): Venture {
  const { visits, conversion, basket, uplift, upliftOfOffers, upliftOfDetection, margin, variableRent, feePerVisit } =
    given
  for (const [name, value] of Object.entries({
    conversion,
    uplift,
    upliftOfOffers,
    upliftOfDetection,
    margin,
    variableRent,
  }))
    requireRange(name, value, 0, 1)
  requireRange('upliftOfOffers + upliftOfDetection', upliftOfOffers + upliftOfDetection, 0, 1)
  requireRange('margin - variableRent', margin - variableRent, 0, 1)
  const parts = [
    { name: 'offers', share: upliftOfOffers, needs: ['operator', 'shops'] },
    { name: 'detection', share: upliftOfDetection, needs: ['operator', 'landlord', 'shops'] },
    { name: 'application', share: 1 - upliftOfOffers - upliftOfDetection, needs: ['operator', 'landlord', 'shops'] },
  ]
  const sold = visits * uplift * conversion * basket
  return {
    parties: (['landlord', 'shops', 'operator'] as const).map((name) => ({
      name,
      investment: given.investment[name],
      yearlyCost: given.yearlyCost[name],
    })),
    benefits: parts.flatMap(({ name, share, needs }) => [
      { name: `${name}: margin`, to: 'shops', needs, yearly: sold * share * (margin - variableRent) },
      { name: `${name}: rent`, to: 'landlord', needs, yearly: sold * share * variableRent },
    ]),
    payments: [{ name: 'fee', from: 'landlord', to: 'operator', yearly: visits * uplift * feePerVisit }],
    years: given.years,
    discountRate: given.discountRate,
  }
}

/** Accounts opened with what a telephone operator already knows, instead of typed. Money a year, shares between 0 and 1. */
export interface PrefilledAccounts {
  /** Sign-ups begun in a year, the share that is finished by typing, and by a form filled already. */
  begun: number
  finished: number
  finishedPrefilled: number
  /** Of those who begin, customers of the operator who agree to be known. */
  reachable: number
  /** What an account is worth, and what false ones cost for each account; the share of that which the operator’s word avoids. */
  accountValue: number
  fraudPerAccount: number
  fraudAvoided: number
  /** What the merchant pays for each account opened so. */
  feePerAccount: number
  investment: { merchant: number; operator: number }
  yearlyCost: { merchant: number; operator: number }
  years: number
  discountRate: number
}

/** Prefilled sign-up as a venture of merchant and operator: accounts that would not have been, and fraud avoided on all that come that way. */
export function prefilledAccounts(given: PrefilledAccounts): Venture {
  const { begun, finished, finishedPrefilled, reachable, fraudAvoided } = given
  for (const [name, value] of Object.entries({ finished, finishedPrefilled, reachable, fraudAvoided }))
    requireRange(name, value, 0, 1)
  requireRange('finishedPrefilled', finishedPrefilled, finished, 1)
  const those = begun * reachable
  const opened = those * finishedPrefilled
  const needs = ['operator']
  return {
    parties: (['merchant', 'operator'] as const).map((name) => ({
      name,
      investment: given.investment[name],
      yearlyCost: given.yearlyCost[name],
    })),
    benefits: [
      {
        name: 'accounts more',
        to: 'merchant',
        needs,
        yearly: those * (finishedPrefilled - finished) * given.accountValue,
      },
      { name: 'fraud avoided', to: 'merchant', needs, yearly: opened * given.fraudPerAccount * fraudAvoided },
    ],
    payments: [{ name: 'fee', from: 'merchant', to: 'operator', yearly: opened * given.feePerAccount }],
    years: given.years,
    discountRate: given.discountRate,
  }
}
