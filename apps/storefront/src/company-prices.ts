import { ApiError } from '@ecluse/contracts/client.ts'
import type { CompanyPrice } from '@ecluse/contracts/company-orders.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { readCompany, writeCompany } from './cookies.ts'
import { isSecure, type Visit } from './visit.ts'

/** The company somebody buys for, if they do: asked anew for each page, since whoever left it is not to see its prices. */
export async function buyingCompany(visit: Visit): Promise<Visit['company']> {
  const kept = readCompany(visit.request)
  if (kept === null) return null
  const items = await visit.call(endpoints.listMyCompanies).then(
    (found) => found.items,
    (error: unknown) => {
      if (error instanceof ApiError && error.problem.status < 500) return []
      throw error
    },
  )
  const company = kept === 'ask' ? items[0] : items.find(({ id }) => id === kept)
  if (!company || kept === 'ask') keepCompany(visit, company?.id ?? null)
  return company ? { id: company.id, name: company.name } : null
}

/** Remembers for which company this visitor buys; `ask`: for the first of theirs; null: for themself. */
export function keepCompany(visit: Visit, companyId: string | null): void {
  writeCompany(visit.reply, companyId, isSecure(visit))
}

type Asked = { lines?: readonly { variantId: string; quantity: number }[]; productIds?: readonly string[] }

/** What the company of a visit pays, without VAT; nothing for whoever buys for themself. */
export async function companyPrices(visit: Visit, { lines = [], productIds = [] }: Asked): Promise<CompanyPrice[]> {
  if (!visit.company || lines.length + productIds.length === 0) return []
  const { items } = await visit.call(endpoints.getCompanyPrices, {
    params: { companyId: visit.company.id },
    body: {
      channel: visit.options.channelCode,
      locale: visit.locale,
      lines: lines.map(({ variantId, quantity }) => ({ variantId, quantity })),
      productIds: [...productIds],
    },
  })
  return items
}

/** Learns what the products of a list cost the company of a visit, before the list is written. */
export async function learnCardPrices(visit: Visit, offers: readonly { productId: string }[]): Promise<void> {
  const prices = await companyPrices(visit, { productIds: offers.map(({ productId }) => productId) })
  const byProduct = new Map<string, CompanyPrice[]>()
  for (const price of prices) byProduct.set(price.productId, [...(byProduct.get(price.productId) ?? []), price])
  visit.cardPrices = new Map(
    [...byProduct].map(([productId, ofProduct]) => {
      const cheapest = ofProduct.reduce((best, one) =>
        one.unitNet.amountMinor < best.unitNet.amountMinor ? one : best,
      )
      const varies = ofProduct.some(({ unitNet }) => unitNet.amountMinor !== cheapest.unitNet.amountMinor)
      return [productId, { net: cheapest.unitNet, publicNet: cheapest.publicNet, varies }]
    }),
  )
}
