import type { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { invent } from './invented-customers.ts'
import { expect, test } from 'vitest'
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
