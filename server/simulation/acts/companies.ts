import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { assert } from '../../src/kernel/assert.ts'
import { inTransaction } from '../../src/kernel/db.ts'
import { insertMembers } from '../../src/modules/customers/public.ts'
import { address, atOnce, onceOnly, pick, someLines, type Theme, type World } from './world.ts'

/** A company that buys on account within sixty euros or so: two buyers with limits of their own, one approver. */
export async function foundCompany(
  world: World,
  { name: companyName, people: prefix, priceList = null }: { name: string; people: string; priceList?: string | null },
): Promise<World['companies'][number]> {
  const { ctx, staff } = world
  const { id: companyId } = await staff(endpoints.createCompany, { body: { name: companyName, priceList } })
  const params = { companyId }
  const site = { name: 'Atelier', address, monthLimitMinor: 9_000 }
  const { sites } = await staff(endpoints.createCompanySite, { params, body: site })
  await changeCredit(world, companyId, 6_000)
  const people = ['buyer', 'buyer', 'approver'].map((role, n) => ({
    role: role as 'buyer' | 'approver',
    name: `${prefix}${role}-${n}`,
  }))
  const rows = people.map(({ role, name }) => ({
    id: ctx.ids.next(),
    company_id: companyId,
    email: `${name}@exemple.fr`,
    name,
    locale: 'fr' as const,
    role,
    state: 'active' as const,
    account_id: name,
    site_ids: [],
    order_limit_minor: role === 'buyer' ? 3_000 : null,
    month_limit_minor: role === 'buyer' ? 5_000 : null,
    joined_at: ctx.clock.now(),
  }))
  await inTransaction(ctx.db, (tx) => insertMembers(tx, rows, ctx.clock.now()))
  const [first, second, approver] = people.map(({ name }) =>
    world.actAs({ kind: 'account', accountId: name, email: `${name}@exemple.fr`, name }),
  )
  assert(first && second && approver, 'three people buy for a company')
  return { companyId, siteId: sites[0]?.id ?? '', buyers: [first, second], approver, requests: [] }
}

async function changeCredit(world: World, companyId: string, limitMinor: number): Promise<void> {
  const credit = { terms: 'net_30' as const, limitMinor, blockAfterDays: null, blocked: false }
  const account = { ...credit, overLimit: pick(world, ['ask', 'refuse']) }
  await world.staff(endpoints.putCompanyCredit, { params: { companyId }, body: { account } })
}

/** Both buyers order at once: what is left of a limit is given to one of them. */
async function buyForCompany(world: World): Promise<void> {
  const [company] = world.companies
  if (!company) return
  const buy = (buyer: World['visitor']) =>
    buyer(endpoints.placeCompanyOrder, {
      params: { companyId: company.companyId },
      body: {
        channel: 'web',
        lines: someLines(world),
        companySiteId: company.siteId,
        delivery: { method: 'delivery' },
        payment: pick(world, [
          { method: 'on_account' as const },
          { method: 'on_account' as const },
          { method: 'online_card' as const, token: 'tok_accept' },
        ]),
      },
    })
  const buyers = world.rng.below(2) === 0 ? company.buyers : [company.approver]
  for (const answer of await atOnce(buyers.map(buy)))
    if ('requestId' in answer) company.requests.push(answer.requestId)
    else world.orders.push(answer)
}

/** A request of the company, with whoever may say something about it. */
function someRequest({ companies, rng, staff }: World) {
  const [company] = companies
  const requestId = company?.requests[rng.below(company.requests.length)]
  if (!company || requestId === undefined) return undefined
  const { companyId, approver, buyers } = company
  return { params: { companyId, requestId }, deciders: [approver, staff], buyers }
}

/** Companies: purchases on account, within limits or put before approvers, and invoices that are paid. */
export const companies: Theme = {
  async open(world) {
    world.companies.push(await foundCompany(world, { name: 'Vélolib', people: '' }))
  },
  acts: [
    { name: 'buy for a company', perform: buyForCompany },
    { name: 'buy for a company', perform: buyForCompany },
    {
      name: 'decide about a request',
      async perform(world) {
        const found = someRequest(world)
        if (!found) return
        const decide = (by: World['visitor']) =>
          by(endpoints.decidePurchaseRequest, {
            params: found.params,
            body: { approved: world.rng.below(3) > 0, reason: 'budget' },
          })
        await atOnce([...found.deciders, ...found.deciders].map(decide))
      },
    },
    {
      name: 'place or withdraw a request',
      async perform(world) {
        const found = someRequest(world)
        if (!found) return
        const { params, buyers } = found
        const buyer = pick(world, buyers)
        const order = () =>
          buyer(endpoints.orderPurchaseRequest, {
            params,
            body: { payment: { method: 'online_card', token: 'tok_accept' } },
          }).then((placed) => void world.orders.push(placed))
        const withdraw = () => buyer(endpoints.withdrawPurchaseRequest, { params })
        if (world.rng.below(3) === 0) await atOnce<unknown>([order(), withdraw()])
        else await onceOnly(world, order, 'one request became two orders')
      },
    },
    {
      name: 'change the credit of a company',
      async perform(world) {
        const [company] = world.companies
        // Somebody may be buying on what it was.
        if (company)
          await atOnce<unknown>([
            changeCredit(world, company.companyId, pick(world, [2_000, 4_000, 6_000, 8_000])),
            ...(world.rng.below(2) === 0 ? [buyForCompany(world)] : []),
          ])
      },
    },
    {
      name: 'pay an invoice',
      async perform(world) {
        const [company] = world.companies
        if (!company) return
        const params = { companyId: company.companyId }
        const { items } = await world.staff(endpoints.listOwedOrders, { params })
        if (items.length === 0) return
        const { orderId, owed } = pick(world, items)
        const most = owed.amountMinor
        const amountMinor = pick(world, [most, Math.ceil(most / 3)])
        const ask = () =>
          world.staff(endpoints.recordTransfer, {
            params,
            body: { reference: 'VIR 1', receivedOn: '2026-03-02', orders: [{ orderId, amountMinor }] },
          })
        if (amountMinor === most) await onceOnly(world, ask, 'one invoice was paid twice')
        else await atOnce([ask(), ask()])
      },
    },
  ],
}
