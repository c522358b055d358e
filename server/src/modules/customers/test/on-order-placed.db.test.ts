import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/kit/database.ts'
import { createTestServices } from '../../../../test/kit/services.ts'
import { systemContext } from '../../../kernel/context.ts'
import { inTransaction, query } from '../../../kernel/db.ts'
import { publish } from '../../../kernel/outbox.ts'
import { createRelay } from '../../../kernel/relay.ts'
import { onOrderPlaced } from '../subscribers/on-order-placed.ts'

const { db } = await createTestDatabase()
const services = createTestServices(db)
const ctx = systemContext(services, 'test')
const relay = createRelay(services, [onOrderPlaced])

const place = (orderId: string, contact: object | null, accountId: string | null = null) =>
  inTransaction(db, (tx) =>
    publish(tx, ctx, [
      {
        type: 'orders.order_placed',
        version: 1,
        aggregateId: orderId,
        payload: { orderId, locale: 'fr', contact, accountId },
      },
    ]),
  )
const recognised = () =>
  query<{ aggregate_id: string; payload: { partyId: string; orderId: string } }>(
    db,
    sql`select aggregate_id, payload from kernel.outbox where type = 'customers.party_recognised' order by id`,
  )

test('recognises who ordered, and tells it once per order; nobody in particular stays nobody', async () => {
  const [first, second, till] = [services.ids.next(), services.ids.next(), services.ids.next()]
  const lea = { name: 'Léa', email: 'lea@exemple.fr', phone: null }
  await place(first, lea)
  await place(second, { ...lea, email: 'LEA@exemple.fr' })
  await place(till, null)
  await relay.drain()
  const told = await recognised()
  expect(told.map(({ payload }) => payload.orderId).sort()).toEqual([first, second].sort())
  expect(new Set(told.map(({ aggregate_id }) => aggregate_id)).size).toBe(1)
  expect(told.every(({ aggregate_id, payload }) => aggregate_id === payload.partyId)).toBe(true)
})

test('an event that comes twice makes nobody twice', async () => {
  await place(services.ids.next(), { name: 'Tom', email: null, phone: '06 11 22 33 44' })
  await relay.drain()
  const before = (await db.query('select * from customers.party order by id')).rows
  await db.query(`update kernel.outbox set relayed_at = null where type = 'orders.order_placed'`)
  await relay.drain()
  expect((await db.query('select * from customers.party order by id')).rows).toEqual(before)
})
