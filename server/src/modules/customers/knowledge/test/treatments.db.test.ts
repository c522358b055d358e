import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { TreatmentPolicy } from '@ecluse/contracts/treatments.ts'
import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { createTestShop } from '../../../../../test/kit/shop.ts'
import { inTransaction } from '../../../../kernel/db.ts'
import { mergeParties } from '../../identity/merge-parties.ts'
import { relationalAmong } from '../../queries/treatments.ts'
import { putTreatmentPolicy, treatCustomers, treatEverybody } from '../treat-customers.ts'

const { clock, ctx, asStaff } = await createTestShop({ products: 1, unitsPerPlace: 5 })
const staff = asStaff()
const policy: TreatmentPolicy = {
  enterValueMinor: 10_000,
  leaveValueMinor: 6_000,
  enterActive: 0.6,
  leaveActive: 0.3,
}
await inTransaction(ctx.db, (tx) => putTreatmentPolicy(tx, policy))

async function invent(fields: { locale?: string; postalCode?: string } = {}): Promise<string> {
  const id = ctx.ids.next()
  await ctx.db.query(
    `insert into customers.party (id, kind, name, locale, address, sort_name, search, created_at, updated_at)
     values ($1, 'person', 'Client', $2, $3, 'client', 'client', $4, $4)`,
    [
      id,
      fields.locale ?? 'fr',
      JSON.stringify({ postalCode: fields.postalCode ?? '44000', country: 'FR' }),
      clock.now(),
    ],
  )
  return id
}

/** What is computed of a customer from now on; null when nothing is. */
async function becomes(id: string, worthMinor: number | null, active: number | null): Promise<void> {
  await ctx.db.query('delete from customers.customer_value where party_id = $1', [id])
  if (active !== null)
    await ctx.db.query(
      `insert into customers.customer_value (party_id, computed_at, as_of, first_on, last_on, purchases, spent_minor, active, expected_value_minor)
       values ($1, $2::timestamptz, $2::date, $2::date, $2::date, 1, 100, $4, $3)`,
      [id, clock.now(), worthMinor, active],
    )
  await inTransaction(ctx.db, (tx) => treatCustomers(ctx, tx, [id]))
}

const treatmentOf = (customerId: string) => staff(endpoints.getCustomerTreatment, { params: { customerId } })

test('two limits each way: between them everybody keeps what they have', { timeout: 60_000 }, async () => {
  const worth = fc.constantFrom(0, 5_999, 6_000, 8_000, 9_999, 10_000, 20_000, null)
  const active = fc.constantFrom(0, 0.29, 0.3, 0.5, 0.6, 1, null)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(worth, active), { minLength: 1, maxLength: 8 }), async (steps) => {
      const id = await invent()
      let wanted: 'relational' | 'transactional' = 'transactional'
      let changes = 0
      let decided = false
      for (const [value, chance] of steps) {
        await becomes(id, value, chance)
        const before: string = wanted
        if (chance === null) wanted = 'transactional'
        else if (value !== null)
          wanted =
            wanted === 'relational'
              ? value >= 6_000 && chance >= 0.3
                ? 'relational'
                : 'transactional'
              : value >= 10_000 && chance >= 0.6
                ? 'relational'
                : 'transactional'
        decided ||= chance !== null && value !== null
        if (before !== wanted) changes++
        const { current, changes: told } = await treatmentOf(id)
        expect(current?.treatment ?? null).toBe(decided ? wanted : null)
        expect(told).toHaveLength(changes)
        expect((await relationalAmong(ctx.db, [id])).has(id)).toBe(wanted === 'relational')
      }
    }),
    { seed: inject('seed'), numRuns: 40 },
  )
})

test('what somebody decided stays, with the reason, until it is released; who was merged has that of whom they count as', async () => {
  const [id, other] = [await invent(), await invent()]
  await becomes(id, 500, 0.2)
  const params = { customerId: id }
  await staff(endpoints.setCustomerTreatment, { params, body: { treatment: 'relational', note: 'Fondatrice du club' } })
  await becomes(id, 100, 0.1)
  await treatEverybody(ctx)
  const held = await treatmentOf(id)
  expect(held.current).toMatchObject({ treatment: 'relational', decidedBy: 'staff', note: 'Fondatrice du club' })
  await inTransaction(ctx.db, (tx) => mergeParties(ctx, tx, { survivorId: id, absorbedId: other, rule: 'staff' }))
  expect([...(await relationalAmong(ctx.db, [id, other]))].sort()).toEqual([id, other].sort())
  const released = await staff(endpoints.releaseCustomerTreatment, { params })
  expect(released.current).toMatchObject({ treatment: 'transactional', decidedBy: 'rule', reason: 'value_fell' })
  expect(released.changes.map(({ treatment }) => treatment)).toEqual(['transactional', 'relational'])
  const unknown = { customerId: ctx.ids.next() }
  await expect(treatmentOf(unknown.customerId)).rejects.toMatchObject({ problem: { code: 'customers.not_found' } })
  await expect(asStaff(['customers:read'])(endpoints.releaseCustomerTreatment, { params })).rejects.toMatchObject({
    problem: { code: 'access.forbidden' },
  })
})

test('new limits are for everybody, and who is dealt with otherwise than others stands out', async () => {
  await ctx.db.query('delete from customers.customer_value')
  for (let n = 0; n < 80; n++) {
    const english = n % 2 === 1
    const id = await invent({ locale: english ? 'en' : 'fr', postalCode: n % 4 < 2 ? '44000' : '75011' })
    await becomes(id, english ? 1_000 : 12_000, 0.9)
  }
  const audit = await staff(endpoints.getTreatmentAudit, {})
  expect(audit).toMatchObject({ customers: 80, relational: 40, byStaff: 0, notKnown: ['age', 'gender'] })
  const groups = (by: string) => audit.audits.find((one) => one.by === by)?.groups
  expect(groups('language')).toEqual([
    { value: 'en', customers: 40, relational: 0, share: 0, ratio: 0, warning: 'less' },
    { value: 'fr', customers: 40, relational: 40, share: 1, ratio: 2, warning: 'more' },
  ])
  expect(groups('region')?.map(({ value, warning }) => [value, warning])).toEqual([
    ['44', null],
    ['75', null],
  ])
  const body = { ...policy, enterValueMinor: 1_000, leaveValueMinor: 500 }
  await staff(endpoints.putTreatmentPolicy, { body })
  await treatEverybody(ctx)
  expect(await staff(endpoints.getTreatmentAudit, {})).toMatchObject({ relational: 80, policy: body })
  await expect(
    staff(endpoints.putTreatmentPolicy, { body: { ...body, leaveValueMinor: 2_000 } }),
  ).rejects.toMatchObject({ problem: { status: 400 } })
})
