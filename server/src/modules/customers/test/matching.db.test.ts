import type { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { HouseholdProposal } from '@ecluse/contracts/households.ts'
import { invent } from './invented-customers.ts'
import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { createTestShop } from '../../../../test/kit/shop.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { matchParties } from '../jobs/match-parties.ts'
import { partyById } from '../queries/parties.ts'
import { resolveParties, type PartyInput } from '../resolve-parties.ts'

const { ctx, asStaff } = await createTestShop({ products: 1, unitsPerPlace: 1 })
const staff = asStaff()

const write = (inputs: readonly Partial<PartyInput>[]) =>
  inTransaction(ctx.db, (tx) =>
    resolveParties(
      ctx,
      tx,
      inputs.map((input) => ({ name: '', locale: 'fr', source: 'test', ...input })),
    ),
  ).then((parties) => parties.map((party) => party?.partyId ?? ''))
const queue = (state: 'open' | 'later' | 'merged' | 'not_same' = 'open') =>
  staff(endpoints.listMatches, { query: { state, limit: 100 } }).then(({ items }) => items)
const address = (street: string) => ({
  name: 'X',
  street,
  postalCode: '44000',
  locality: 'Nantes',
  country: 'FR' as const,
})

await write(invent(400))
const home = address('17 rue des Goélands')
const [anne = '', again = '', moved = '', anneMarie = ''] = await write([
  { name: 'Solenn Kervadec', phone: '06 71 22 33 44', reference: 'S-1', address: home },
  { name: 'Solenn Kervadec', phone: '06 71 22 33 44', email: 'solenn@exemple.fr', address: home },
  { name: 'Tanguy Quéméneur', email: 'tanguy@exemple.fr', phone: '06 71 22 33 55', address: home },
  { name: 'Tangui Quemeneur', email: 'tanguy.q@autre.fr', phone: '06 71 22 33 55' },
])
const flat = address('4 rue des Mouettes')
const [gaid = '', malo = '', nolwenn = '', ronan = ''] = await write([
  { name: 'Gaïd Trévidic', email: 'gaid@foyer.fr', address: { ...flat, name: 'Gaïd Trévidic' } },
  { name: 'Malo Trévidic', email: 'malo@foyer.fr', address: { ...flat, name: 'Malo Trévidic' } },
  { name: 'Nolwenn Trévidic', email: 'nolwenn@foyer.fr', address: { ...flat, name: 'Nolwenn Trévidic' } },
  { name: 'Ronan Bothorel', email: 'ronan@foyer.fr' },
])
await matchParties.run(ctx, {})

test('who agrees in everything is merged, with the reason; who may be one waits with what speaks for it', async () => {
  expect((await partyById(ctx.db, again))?.id).toBe(anne)
  expect(await queue('merged')).toMatchObject([{ customerId: anne, otherId: again, actor: null }])
  const [found] = (await queue()).filter(({ customerId }) => customerId === moved)
  expect(found).toMatchObject({ otherId: anneMarie, customer: { name: 'Tanguy Quéméneur' } })
  const levels = Object.fromEntries((found?.reasons ?? []).map(({ comparison, level }) => [comparison, level]))
  expect(levels).toMatchObject({ phone: 'same', familyName: 'same', givenName: 'alike', email: 'different' })
  expect(found?.reasons[0]?.bits).toBeGreaterThan(0)
})

test('later, not the same, the same: each is decided once, and can be taken back', async () => {
  const params = { customerId: moved, otherId: anneMarie }
  const decide = (decision: 'merge' | 'not_same' | 'later' | 'reopen') =>
    staff(endpoints.decideMatch, { params, body: { decision } })
  await decide('later')
  expect((await queue('later')).map(({ otherId }) => otherId)).toContain(anneMarie)
  const outcomes = await Promise.allSettled([decide('merge'), decide('not_same'), decide('merge')])
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') expect((outcome.reason as ApiError).problem.code).toBe('customers.match_decided')
  await decide('reopen')
  await decide('merge')
  expect((await partyById(ctx.db, anneMarie))?.id).toBe(moved)
  await decide('reopen')
  expect((await partyById(ctx.db, anneMarie))?.id).toBe(anneMarie)
  await decide('not_same')
  await matchParties.run(ctx, {})
  expect((await queue()).map(({ otherId }) => otherId)).not.toContain(anneMarie)
  expect((await partyById(ctx.db, anneMarie))?.id).toBe(anneMarie)
})

test('a merge taken back is not made again by itself', async () => {
  await staff(endpoints.unmergeCustomer, { params: { customerId: again }, body: {} })
  await matchParties.run(ctx, {})
  expect((await partyById(ctx.db, again))?.id).toBe(again)
})

const proposals = (state: HouseholdProposal['state'] = 'open') =>
  staff(endpoints.listHouseholdProposals, { query: { state, limit: 100 } }).then(({ items }) =>
    items.filter(({ customer }) => customer?.name.includes('Trévidic')),
  )
const homeOf = async (customerId: string) => {
  const { people } = await staff(endpoints.getCustomerHousehold, { params: { customerId } })
  return people.map((one) => one.customerId).toSorted()
}
const live = (customerId: string, otherId: string) =>
  staff(endpoints.joinHousehold, { params: { customerId }, body: { otherId } })
const leave = (customerId: string, everybody = false) =>
  staff(endpoints.leaveHousehold, { params: { customerId }, body: { everybody } })
const decideHome = ([customerId, otherId]: readonly string[], decision: 'confirm' | 'apart' | 'later' | 'reopen') =>
  staff(endpoints.decideHouseholdProposal, {
    params: { customerId: customerId ?? '', otherId: otherId ?? '' },
    body: { decision },
  })
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (error as ApiError).problem.code,
  )

test('who may live together waits to be confirmed, once; taken back, they are as they were', async () => {
  const found = await proposals()
  expect(found.map(({ customerId, otherId }) => [customerId, otherId])).toEqual([
    [gaid, malo],
    [gaid, nolwenn],
    [malo, nolwenn],
  ])
  expect(found[0]).toMatchObject({ reasons: [{ evidence: 'name' }, { evidence: 'address' }] })
  const outcomes = await Promise.all(
    (['confirm', 'apart', 'confirm'] as const).map((decision) => refusal(decideHome([gaid, malo], decision))),
  )
  expect(outcomes.filter((code) => code === 'none')).toHaveLength(1)
  await decideHome([gaid, malo], 'reopen')
  expect(await homeOf(gaid)).toEqual([])
  await decideHome([gaid, malo], 'confirm')
  await decideHome([malo, nolwenn], 'confirm')
  expect(await homeOf(nolwenn)).toEqual([gaid, malo, nolwenn])
  // The third pair lives together by now: nobody is asked.
  expect(await proposals()).toEqual([])
  await decideHome([malo, nolwenn], 'reopen')
  expect(await homeOf(malo)).toEqual([gaid, malo])
  await decideHome([gaid, nolwenn], 'apart')
  await decideHome([malo, nolwenn], 'later')
  await matchParties.run(ctx, {})
  expect([(await proposals()).length, (await proposals('later')).length, (await proposals('apart')).length]).toEqual([
    0, 1, 1,
  ])
})

test('nobody lives in two households, whoever says so at once; all of them leave together', async () => {
  await leave(gaid, true)
  expect([await homeOf(gaid), await homeOf(malo)]).toEqual([[], []])
  expect(await refusal(leave(gaid))).toBe('customers.in_no_household')
  const outcomes = await Promise.all(
    [live(gaid, malo), live(ronan, nolwenn), live(nolwenn, gaid), live(malo, ronan)].map(refusal),
  )
  const { rows } = await ctx.db.query(
    'select party_id, household_id from customers.household_member where party_id = any($1)',
    [[gaid, malo, nolwenn, ronan]],
  )
  expect(rows).toHaveLength(4)
  expect(outcomes.every((code) => code === 'none' || code === 'customers.in_another_household')).toBe(true)
  const homes = await Promise.all([gaid, malo, nolwenn, ronan].map(homeOf))
  for (const [nth, id] of [gaid, malo, nolwenn, ronan].entries()) expect(homes[nth]).toContain(id)
  await leave(gaid)
  expect(await homeOf(gaid)).toEqual([])
  expect((await staff(endpoints.getCustomerHousehold, { params: { customerId: gaid } })).history[0]).toMatchObject({
    act: 'left',
    source: 'staff',
  })
})

test('a merge lives where it was said last; taken apart, each lives where they did', async () => {
  for (const id of [malo, ronan]) if ((await homeOf(id)).length > 0) await leave(id, true)
  await live(gaid, malo)
  await live(nolwenn, ronan)
  await staff(endpoints.mergeCustomers, { params: { customerId: malo }, body: { otherId: nolwenn } })
  expect(await homeOf(malo)).toEqual([malo, ronan].toSorted())
  expect(await homeOf(gaid)).toEqual([])
  await staff(endpoints.unmergeCustomer, { params: { customerId: nolwenn }, body: {} })
  expect(await homeOf(gaid)).toEqual([gaid, malo].toSorted())
  expect(await homeOf(nolwenn)).toEqual([nolwenn, ronan].toSorted())
})

test('what each allows stays their own, whoever they are said to live with', async () => {
  const people = [gaid, malo, nolwenn, ronan]
  const who = fc.nat(3)
  const act = fc.oneof(
    fc.record({
      who,
      act: fc.constantFrom('granted' as const, 'withdrawn' as const),
      medium: fc.constantFrom('email' as const, 'letter' as const, 'phone' as const),
    }),
    fc.record({ who, other: fc.nat(3) }),
    fc.record({ who, everybody: fc.boolean() }),
  )
  const allowedTo = async (customerId: string) =>
    (await staff(endpoints.getCustomerConsents, { params: { customerId }, query: {} })).cells
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 4 }), async (acts) => {
      for (const said of acts) {
        const one = people[said.who] ?? ''
        const others = people.filter((id) => !('act' in said) || id !== one)
        const before = await Promise.all(others.map(allowedTo))
        if ('act' in said)
          await staff(endpoints.recordConsent, {
            params: { customerId: one },
            body: { act: said.act, medium: said.medium, purpose: 'marketing', proof: 'Dit au comptoir' },
          })
        else await refusal('other' in said ? live(one, people[said.other] ?? '') : leave(one, said.everybody))
        expect(await Promise.all(others.map(allowedTo))).toEqual(before)
      }
    }),
    { seed: inject('seed'), numRuns: 4 },
  )
})
