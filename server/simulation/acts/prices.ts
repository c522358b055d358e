import { endpoints } from '@ecluse/contracts/endpoints.ts'
import sql from 'sql-template-tag'
import { query } from '../../src/kernel/db.ts'
import { foundCompany } from './companies.ts'
import { atOnce, pick, someLines, type Theme, type World } from './world.ts'

const code = 'pros'

/** A price, VAT included, of which the part without VAT is whole cents. */
const somePrice = (world: World) => 600 + 120 * world.rng.below(8)

const entryOf = (sku: string, amountMinor: number) => ({
  scope: 'variant' as const,
  code: sku,
  amountMinor,
  percentBasisPoints: null,
})

/** A company with prices of its own, article by article. */
async function openList(world: World): Promise<void> {
  await world.staff(endpoints.putPriceList, {
    params: { code },
    body: { name: { fr: 'Professionnels', en: 'Trade' }, includesVat: true },
  })
  const company = await foundCompany(world, { name: 'Cyclocité', people: 'pro', priceList: code })
  const entries = []
  for (const [n, variantId] of world.shop.variantIds.entries()) {
    const sku = `SKU-${n}`
    const amountMinor = somePrice(world)
    const { id } = await world.staff(endpoints.createPriceEntry, { params: { code }, body: entryOf(sku, amountMinor) })
    entries.push({ id, sku, variantId, asked: new Set([amountMinor]) })
  }
  await world.app.wiring.relay.drain()
  world.priced.push({ ...company, entries, shown: new Map() })
  world.atTheEnd.push(() => brokenPrices(world))
}

async function changePrice(world: World): Promise<void> {
  const [company] = world.priced
  if (!company) return
  const { id: entryId, sku, asked } = pick(world, company.entries)
  const amountMinor = somePrice(world)
  asked.add(amountMinor)
  await world.staff(endpoints.updatePriceEntry, { params: { code, entryId }, body: entryOf(sku, amountMinor) })
}

/** A buyer looks at what it comes to, and orders for that; somebody may change a price in between. */
async function buyAtPrices(world: World): Promise<void> {
  const [company] = world.priced
  if (!company) return
  const { companyId, siteId, approver } = company
  const params = { companyId }
  const purchase = {
    channel: 'web',
    lines: someLines(world),
    companySiteId: siteId,
    delivery: { method: 'delivery' as const },
  }
  const { total } = await approver(endpoints.previewCompanyOrder, { params, body: purchase })
  const expectedTotalMinor = total.amountMinor
  const buy = async () => {
    const answer = await approver(endpoints.placeCompanyOrder, {
      params,
      body: { ...purchase, expectedTotalMinor, payment: { method: 'online_card', token: 'tok_accept' } },
    })
    if (!('orderId' in answer)) return
    world.orders.push(answer)
    company.shown.set(answer.orderId, expectedTotalMinor)
  }
  await atOnce(world.rng.below(2) === 0 ? [buy()] : [buy(), changePrice(world), world.app.wiring.relay.drain()])
}

/** What was paid was shown, and each price was asked at some time. */
async function brokenPrices({ ctx, priced }: World): Promise<string[]> {
  const broken: string[] = []
  for (const { shown, entries } of priced) {
    const rows = await query<{ orderId: string; variantId: string; unit: number; total: number }>(
      ctx.db,
      // What came to an order afterwards was not shown then.
      sql`select l.order_id as "orderId", l.variant_id as "variantId", l.unit_price_minor::int as unit,
            (e.payload ->> 'totalMinor')::int as total
          from orders.order_line l join kernel.outbox e on e.aggregate_id = l.order_id and e.type = 'orders.order_placed'
          where l.order_id = any(${[...shown.keys()]}::uuid[]) and l.given_for is null and l.substitute_for is null
            and exists (select from json_array_elements(e.payload -> 'lines') p where (p ->> 'lineId')::uuid = l.id)`,
    )
    for (const { orderId, variantId, unit, total } of rows) {
      if (total !== shown.get(orderId)) broken.push(`order ${orderId} came to ${total}, which was not shown`)
      const asked = entries.find((entry) => entry.variantId === variantId)?.asked
      if (!asked?.has(unit)) broken.push(`order ${orderId} has the price ${unit}, which was never asked`)
    }
  }
  return broken
}

/** Prices of a company that change while it buys. */
export const prices: Theme = {
  open: openList,
  acts: [
    { name: 'change a price', perform: changePrice },
    { name: 'buy at prices of one’s own', perform: buyAtPrices },
    { name: 'buy at prices of one’s own', perform: buyAtPrices },
  ],
}
