import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/kit/database.ts'
import { createDemoDatabase } from '../../../test/kit/demo.ts'
import { testConfig } from '../../../test/kit/services.ts'
import { systemClock } from '../../kernel/clock.ts'
import { verifyStock } from '../../modules/inventory/public.ts'
import { unbalancedTransfers } from '../../modules/payments/public.ts'
import { wire } from '../../wiring.ts'
import { demoAccounts } from '../demo-accounts.ts'
import { loadDemoIfEmpty } from '../load-demo.ts'

const parts = { config: testConfig(), log: pino({ level: 'silent' }), clock: systemClock }
const { db, connectionString } = await createDemoDatabase()
const host = wire({ ...parts, db, connectionString })
const count = async (statement: string): Promise<Record<string, number>> =>
  Object.fromEntries((await db.query(statement)).rows.map((row) => [row.what, Number(row.n)]))

describe('the demo company', () => {
  test('is whole, and loads once', async () => {
    const accounts = await demoAccounts(db)
    expect(accounts.length).toBeGreaterThanOrEqual(6)

    const figures = await count(`
      select 'shops' as what, count(*) as n from channels.site where kind = 'shop'
      union all select 'channels', count(*) from channels.channel
      union all select 'products', count(*) from catalog.product
      union all select 'variants', count(*) from catalog.variant
      union all select 'orders', count(*) from orders.sales_order
      union all select 'returns', count(*) from orders.order_return
      union all select 'exchanged', count(*) from orders.order_line where given_for is not null
      union all select 'vouchers', count(*) from payments.voucher
      union all select 'gifts', count(*) from orders.order_gift
      union all select 'given_up', count(*) from orders.order_group where cancelled_at is not null
      union all select 'parties', count(*) from customers.party
      union all select 'levels', count(*) from inventory.stock_item
      union all select 'quiet', count(*) from rights.retention_case
      union all select 'visits', count(*) from engagement.sales_visit where state = 'open'
      union all select 'social', count(*) from engagement.answer where medium = 'social'
      union all select 'out', count(*) from promises.pool where capacity = 0`)
    const states = await count(`select state as what, count(*) as n from fulfillment.fulfillment group by 1`)
    const channels = await count(
      `select c.medium as what, count(*) as n from orders.sales_order o join channels.channel c on c.id = o.channel_id group by 1`,
    )
    const payments = await count(`select state as what, count(*) as n from payments.payment group by 1`)
    expect(figures).toMatchObject({ shops: 12, channels: 15, products: 163 })
    expect(figures['orders']).toBeGreaterThan(120)
    expect(figures['returns']).toBeGreaterThan(3)
    expect(figures).toMatchObject({ quiet: 4, visits: 2, social: 2 })
    expect(figures).toMatchObject({ exchanged: 1, vouchers: 1, gifts: 1, given_up: 1 })
    for (const state of ['to_prepare', 'ready', 'handed_over', 'shipped'])
      expect(states[state], state).toBeGreaterThan(0)
    for (const medium of ['web', 'store', 'phone']) expect(channels[medium], medium).toBeGreaterThan(5)
    // A company owes one of its orders.
    expect(Object.keys(payments).toSorted()).toEqual(['captured', 'due'])
    const mine = await db.query(`select count(*)::int as n from orders.sales_order where account_id is not null`)
    expect(mine.rows[0].n).toBeGreaterThan(1)

    expect((await verifyStock(db)).differences).toEqual([])
    expect(await unbalancedTransfers(db)).toEqual([])

    expect(await loadDemoIfEmpty(host, () => expect.unreachable())).toEqual(accounts)
  })

  test('goes on where a start was cut short', { timeout: 120_000 }, async () => {
    const interrupted = await createTestDatabase()
    const whole = wire({ ...parts, ...interrupted })
    let deliveries = 0
    const cut = {
      services: whole.services,
      at: (...time: Parameters<typeof whole.at>) => {
        const app = whole.at(...time)
        const drain = async () => {
          if (++deliveries === 40) throw new Error('the plug was pulled')
          await app.relay.drain()
        }
        return { ...app, relay: { ...app.relay, drain } }
      },
    }
    await expect(loadDemoIfEmpty(cut, () => undefined)).rejects.toThrow('the plug was pulled')
    expect(await demoAccounts(interrupted.db)).not.toEqual([])

    expect(await loadDemoIfEmpty(whole, () => undefined)).toEqual(await demoAccounts(interrupted.db))
    const orders = await interrupted.db.query('select count(*)::int as n from orders.sales_order')
    expect(orders.rows[0].n).toBeGreaterThan(120)
    expect((await verifyStock(interrupted.db)).differences).toEqual([])
    expect(await unbalancedTransfers(interrupted.db)).toEqual([])
  })

  test('leaves a company of one’s own alone', async () => {
    const { db: own, connectionString: address } = await createTestDatabase()
    await own.query(`insert into channels.site (id, code, kind, name, street, postal_code, locality, created_at)
      values (gen_random_uuid(), 'mine', 'shop', 'Mine', 'Rue', '44000', 'Nantes', now())`)
    const mine = wire({ ...parts, db: own, connectionString: address })
    expect(await loadDemoIfEmpty(mine, () => expect.unreachable())).toEqual([])
  })
})
