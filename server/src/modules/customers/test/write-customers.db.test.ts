import { expect, test } from 'vitest'
import { createTestClock } from '../../../../test/kit/clock.ts'
import { createTestDatabase } from '../../../../test/kit/database.ts'
import { createTestServices } from '../../../../test/kit/services.ts'
import { systemContext } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { readCustomers } from '../read-customers.ts'
import { writeCustomers, type CustomerInput } from '../write-customers.ts'

const { db } = await createTestDatabase()
const clock = createTestClock()
const ctx = systemContext(createTestServices(db, { clock }), 'test')

const customer = (n: number, changes: Partial<CustomerInput> = {}): CustomerInput => ({
  kind: 'person',
  name: `Client ${n}`,
  email: `client${n}@exemple.fr`,
  phone: `06 00 00 ${String(n).padStart(4, '0')}`,
  reference: `C-${n}`,
  locale: 'fr',
  address: { name: `Client ${n}`, street: '1 rue du Port', postalCode: '44000', locality: 'Nantes', country: 'FR' },
  ...changes,
})
const write = (...inputs: CustomerInput[]) => inTransaction(db, (tx) => writeCustomers(ctx, tx, inputs))
const outcomes = async (...inputs: CustomerInput[]) =>
  (await write(...inputs)).map((one) => (one.outcome === 'refused' ? one.reason : one.outcome))

test('writing twice changes nothing the second time', async () => {
  const inputs = Array.from({ length: 200 }, (_, n) => customer(n))
  expect(new Set(await outcomes(...inputs))).toEqual(new Set(['created']))
  clock.advance(1_000)
  expect(new Set(await outcomes(...inputs))).toEqual(new Set(['unchanged']))
})

test('the reference finds a customer whose address changed; what is left empty stays', async () => {
  clock.advance(1_000)
  const moved = customer(1, { email: 'nouvelle@exemple.fr', phone: null, address: null })
  expect(await outcomes(moved)).toEqual(['updated'])
  const rows = await readCustomers(db, { afterId: null, limit: 500 })
  const row = rows.find(({ reference }) => reference === 'C-1')
  expect(row).toMatchObject({ email: 'nouvelle@exemple.fr', phone: '+33600000001', address: { locality: 'Nantes' } })
  expect(await outcomes(customer(2, { kind: 'company' }))).toEqual(['updated'])
})

test('what cannot be written is refused with its reason, and nothing of it is written', async () => {
  const before = await readCustomers(db, { afterId: null, limit: 500 })
  const refused = await outcomes(
    customer(3, { reference: 'C-4', name: 'Intrus' }),
    customer(5, { email: null, reference: ' ' }),
    customer(6, { phone: '12 34' }),
    customer(7, { reference: 'C-nouveau', name: 'Intrus' }),
  )
  expect(refused).toEqual(['email_of_another', 'no_key', 'invalid_phone', 'email_of_another'])
  expect(await readCustomers(db, { afterId: null, limit: 500 })).toEqual(before)
})

test('two lines of one file may be one customer', async () => {
  expect(await outcomes(customer(900), customer(900, { name: 'Client 900 bis' }))).toEqual(['created', 'updated'])
})

test('exports go through all of them in pages', async () => {
  const seen: string[] = []
  for (let afterId: string | null = null; ;) {
    const page: { id: string }[] = await readCustomers(db, { afterId, limit: 60 })
    if (page.length === 0) break
    seen.push(...page.map(({ id }) => id))
    afterId = seen.at(-1) ?? null
  }
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen).toHaveLength((await readCustomers(db, { afterId: null, limit: 1000 })).length)
})
