import type { Client } from '@ecluse/contracts/client.ts'
import type { CompanyRole } from '@ecluse/contracts/companies.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { clientOf, createTestShop } from '../../../../test/kit/shop.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { insertMembers } from '../../customers/public.ts'

const address = { name: 'Atelier', street: '4 rue des Ateliers', postalCode: '44000', locality: 'Nantes' }

export type Member = { readonly client: Client; readonly id: string }

/** A small shop with a company that buys in it; `newCompany` gives each test its own. */
export async function createCompanyShop() {
  const parts = await createTestShop({ products: 3, unitsPerPlace: 400 })
  const { app, ctx, shop, asStaff, actAs } = parts
  const [variantId = '', other = ''] = shop.variantIds
  const staff = asStaff()
  const at = { companyId: '', siteId: '' }
  let count = 0

  const creditOf = async (
    limitMinor: number | null,
    overLimit: 'refuse' | 'ask' = 'refuse',
    blockAfterDays: number | null = null,
  ): Promise<void> => {
    const account = { terms: 'net_30' as const, limitMinor, overLimit, blockAfterDays, blocked: false }
    await staff(endpoints.putCompanyCredit, { params: { companyId: at.companyId }, body: { account } })
  }
  const purchase = (quantity = 1, changes: Record<string, unknown> = {}) => ({
    channel: 'web',
    lines: [{ variantId, quantity }],
    companySiteId: at.siteId,
    delivery: { method: 'delivery' as const },
    payment: { method: 'on_account' as const },
    ...changes,
  })
  return {
    ...parts,
    variantId,
    other,
    address,
    staff,
    /** The company and the site of the test that runs. */
    at,
    creditOf,
    purchase,
    async newCompany(): Promise<void> {
      const company = await staff(endpoints.createCompany, {
        body: { name: 'Vélolib', email: 'compta@velolib.example' },
      })
      at.companyId = company.id
      const site = { name: 'Atelier', address, instructions: 'Portail vert' }
      const { sites } = await staff(endpoints.createCompanySite, { params: { companyId: company.id }, body: site })
      at.siteId = sites[0]?.id ?? ''
      await creditOf(null)
    },
    /** Somebody who buys for the company, joined without the post. */
    async member(role: CompanyRole, limits: { order?: number | null; month?: number | null } = {}): Promise<Member> {
      const name = `${role}-${++count}`
      const id = ctx.ids.next()
      const person = { email: `${name}@exemple.fr`, name, account_id: `account-${name}` }
      const row = memberRow({ ...person, id, company_id: at.companyId, role, joined_at: ctx.clock.now() }, limits)
      await inTransaction(ctx.db, (tx) => insertMembers(tx, [row], ctx.clock.now()))
      const key = actAs({ kind: 'account', accountId: person.account_id, email: person.email, name })
      return { id, client: clientOf(app, { 'x-test-actor': key }) }
    },
    buy: (client: Client, quantity = 1, changes: Record<string, unknown> = {}) =>
      client(endpoints.placeCompanyOrder, {
        params: { companyId: at.companyId },
        body: purchase(quantity, changes),
      }),
    /** What so many of the article come to for the company, VAT included. */
    async totalOf(client: Client, quantity: number): Promise<number> {
      const body = withoutPayment(purchase(quantity))
      const { total } = await client(endpoints.previewCompanyOrder, { params: { companyId: at.companyId }, body })
      return total.amountMinor
    },
  }
}

export const requestIdOf = (answer: object): string => ('requestId' in answer ? String(answer.requestId) : '')
export const orderIdOf = (answer: object): string => ('orderId' in answer ? String(answer.orderId) : '')

export function withoutPayment<T extends { payment: unknown }>({ payment: _payment, ...rest }: T): Omit<T, 'payment'> {
  return rest
}

function memberRow<T extends object>(person: T, limits: { order?: number | null; month?: number | null }) {
  return {
    ...person,
    locale: 'fr' as const,
    state: 'active' as const,
    site_ids: [],
    order_limit_minor: limits.order ?? null,
    month_limit_minor: limits.month ?? null,
  }
}
