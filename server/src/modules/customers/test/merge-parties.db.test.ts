import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTestClock } from '../../../../test/kit/clock.ts'
import { createTestDatabase } from '../../../../test/kit/database.ts'
import { createTestServices } from '../../../../test/kit/services.ts'
import { systemContext } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { regroupHouseholds } from '../households/change-household.ts'
import { recordInteractions } from '../interactions/record-interactions.ts'
import { declareFor } from '../knowledge/traits.ts'
import { mergeParties } from '../identity/merge-parties.ts'
import { readProfile } from '../identity/read-profile.ts'
import { unmergeParty } from '../identity/unmerge-party.ts'
import { partyById } from '../queries/parties.ts'
import { insertHouseholdEvents } from '../queries/households.ts'
import { membersOf } from '../queries/merges.ts'
import { readCustomers } from '../read-customers.ts'
import { resolveParties, type PartyInput } from '../resolve-parties.ts'

const { db } = await createTestDatabase({ poolSize: 20 })
const start = new Date('2026-03-01T08:00:00Z')
const clock = createTestClock(start.toISOString())
const ctx = systemContext(createTestServices(db, { clock }), 'test')

const said = (input: Partial<PartyInput>): PartyInput => ({ name: 'Léa', locale: 'fr', source: 'order', ...input })
const say = (input: Partial<PartyInput>) => inTransaction(db, (tx) => resolveParties(ctx, tx, [said(input)]))
const idOf = async (input: Partial<PartyInput>) => (await say(input))[0]?.partyId ?? ''
const merge = (survivorId: string, absorbedId: string) =>
  inTransaction(db, (tx) => mergeParties(ctx, tx, { survivorId, absorbedId, rule: 'staff' }))
const unmerge = (id: string) => inTransaction(db, (tx) => unmergeParty(ctx, tx, id))
const refused = (code: string) => expect.objectContaining({ code })

/** Everything an export says of everybody, and what each value comes from; ids stand for the order people came in. */
async function exported(): Promise<string> {
  const customers = await readCustomers(db, { afterId: null, limit: 10_000 })
  const all = (await db.query<{ id: string }>('select id from customers.party order by id')).rows.map(({ id }) => id)
  const profiles = []
  for (const { id } of customers) {
    const { values, members } = await readProfile(db, id)
    profiles.push({ values, members })
  }
  const learnt = await db.query(
    `select party_id, kind, value, source, channel_code, recorded_at from customers.identification
     order by party_id, recorded_at, kind, value`,
  )
  const did = await db.query('select party_id, kind, at, detail from customers.interaction order by party_id, at, kind')
  const declared = await db.query('select party_id, said, at from customers.declaration order by party_id, at')
  const lives = await db.query('select party_id, household_id, since from customers.household_member order by party_id')
  const text = JSON.stringify({
    customers,
    profiles,
    learnt: learnt.rows,
    did: did.rows,
    declared: declared.rows,
    lives: lives.rows,
  })
  return all.reduce((before, id, index) => before.replaceAll(id, `#${index}`), text)
}

test('a merge keeps what both said, under the one that stays; taken back, both are as they were', async () => {
  const lea = await idOf({ email: 'lea@fusion.fr', name: 'Léa Roux', phone: '06 12 34 56 01' })
  clock.advance(60_000)
  const roux = await idOf({ email: 'l.roux@fusion.fr', name: 'L. Roux', channelCode: 'web' })
  const before = await exported()
  expect(await merge(lea, roux)).toEqual({ survivorId: lea, absorbedId: roux })
  expect(await partyById(db, roux)).toMatchObject({ id: lea, name: 'L. Roux', email: 'l.roux@fusion.fr' })
  expect(await partyById(db, lea)).toMatchObject({ phone: '+33612345601' })
  expect(await membersOf(db, roux)).toEqual([lea, roux].sort())
  const { values, members, history } = await readProfile(db, roux)
  expect(values.filter(({ kind }) => kind === 'email').map(({ value, current }) => [value, current])).toEqual([
    ['l.roux@fusion.fr', true],
    ['lea@fusion.fr', false],
  ])
  expect(members).toMatchObject([{ id: roux, name: 'L. Roux', mergedInto: lea, rule: 'staff' }])
  expect(history).toMatchObject([{ act: 'merged', memberId: roux }])
  await expect(merge(roux, lea)).rejects.toEqual(refused('customers.already_one'))
  expect(await unmerge(roux)).toBe(lea)
  expect(await exported()).toBe(before)
  await expect(unmerge(roux)).rejects.toEqual(refused('customers.not_merged'))
})

test('what is learned after a merge goes to whom its identifiers lead to', async () => {
  const one = await idOf({ email: 'un@suite.fr', name: 'Un' })
  const other = await idOf({ email: 'deux@suite.fr', name: 'Deux' })
  await merge(one, other)
  clock.advance(60_000)
  expect(await idOf({ email: 'deux@suite.fr', name: 'Deux', phone: '06 12 34 56 02' })).toBe(other)
  expect(await partyById(db, one)).toMatchObject({ phone: '+33612345602' })
  await unmerge(other)
  expect(await partyById(db, one)).toMatchObject({ name: 'Un', phone: null })
  expect(await partyById(db, other)).toMatchObject({ name: 'Deux', phone: '+33612345602' })
})

test('two who merge crosswise at once, or three in a ring, make one customer and no circle', async () => {
  const ids: string[] = []
  for (const n of [1, 2, 3]) ids.push(await idOf({ email: `ronde${n}@fusion.fr`, name: `Ronde ${n}` }))
  const [a = '', b = '', c = ''] = ids
  for (let round = 0; round < 4; round++) {
    const outcomes = await Promise.allSettled([merge(a, b), merge(b, a), merge(b, c), merge(c, a)])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toEqual(refused('customers.already_one'))
    const members = await membersOf(db, a)
    expect(members).toEqual([...ids].sort())
    const { members: branches } = await readProfile(db, a)
    expect(branches).toHaveLength(2)
    await Promise.all(branches.map(({ id }) => unmerge(id)))
    for (const id of ids) expect((await partyById(db, id))?.id).toBe(id)
  }
})

test('what is learned while somebody merges is in the profile of who stays', async () => {
  for (let round = 0; round < 6; round++) {
    const one = await idOf({ email: `a${round}@course.fr` })
    const other = await idOf({ email: `b${round}@course.fr` })
    clock.advance(1_000)
    const phone = `06 12 34 57 ${String(round).padStart(2, '0')}`
    await Promise.all([merge(one, other), say({ email: `b${round}@course.fr`, phone })])
    expect(await partyById(db, one)).toMatchObject({ phone: `+33${phone.replace(/ /g, '').slice(1)}` })
  }
})

test('a company with an account is merged with nobody', async () => {
  const [company] = await inTransaction(db, (tx) =>
    resolveParties(ctx, tx, [said({ kind: 'company', name: 'Vélos SARL', reference: 'E-1' })]),
  )
  await db.query(
    `insert into customers.company (id, number, name, country, email, locale, price_list, sort_name, search, created_at, updated_at)
     values ($1, 'E-1', 'Vélos SARL', 'FR', 'velos@sarl.fr', 'fr', null, 'velos', 'velos', now(), now())`,
    [company?.partyId],
  )
  const other = await idOf({ email: 'velo@personne.fr' })
  await expect(merge(other, company?.partyId ?? '')).rejects.toEqual(refused('customers.company_not_merged'))
})

test('a mailbox of more than four people leads to each of them by name from then on', async () => {
  const club = { email: 'club@partage.fr' }
  const first = await idOf({ ...club, name: 'Alain Un' })
  for (const name of ['Alain Hun', 'Béa Deux', 'Chloé Trois', 'Denis Quatre'])
    expect(await idOf({ ...club, name })).toBe(first)
  expect(await idOf({ ...club, name: 'Élise Cinq' })).toBe(first)
  const felix = await idOf({ ...club, name: 'Félix Six' })
  expect(felix).not.toBe(first)
  expect(await idOf({ ...club, name: 'felix  six' })).toBe(felix)
  expect((await partyById(db, felix))?.email).toBe('club@partage.fr')
  const { values } = await readProfile(db, first)
  expect(values.find(({ kind }) => kind === 'email')).toMatchObject({ value: 'club@partage.fr', sharedBy: 5 })
})

test('what a device did before is theirs who then signs in; a tablet of two is nobody’s', async () => {
  const device = { external: [{ kind: 'device' as const, value: 'd-1' }] }
  const visitor = await idOf({ ...device, name: '' })
  expect(await idOf({ ...device, name: '' })).toBe(visitor)
  const lea = await idOf({ ...device, name: 'Léa', accountId: 'appareil-lea' })
  expect((await partyById(db, visitor))?.id).toBe(lea)
  expect((await readProfile(db, lea)).members).toMatchObject([{ id: visitor, rule: 'device' }])
  expect(await membersOf(db, await idOf({ ...device, name: '' }))).toContain(lea)
  const max = await idOf({ ...device, name: 'Max', accountId: 'appareil-max' })
  expect(max).not.toBe(lea)
  expect(await say({ ...device, name: '' })).toEqual([null])
})

test('a card is found by whoever shows it, and several may be one person’s', async () => {
  const card = (value: string) => ({ external: [{ kind: 'card' as const, value }] })
  const ana = await idOf({ ...card('C-1'), name: 'Ana', email: 'ana@carte.fr' })
  expect(await idOf({ ...card('C-1'), name: '' })).toBe(ana)
  expect(await idOf({ ...card('C-2'), name: 'Ana', email: 'ana@carte.fr' })).toBe(ana)
  expect(await idOf(card('C-2'))).toBe(ana)
  const { values } = await readProfile(db, ana)
  expect(values.filter(({ kind }) => kind === 'card').map(({ value }) => value)).toEqual(['C-1', 'C-2'])
})

const pick = <T>(...values: T[]) => fc.constantFrom(...values)
const saying = fc.record({
  name: pick('Anne', 'Bo', 'Cléo'),
  email: pick(null, 'p1@jeu.fr', 'p2@jeu.fr', 'p3@jeu.fr'),
  phone: pick(null, '0612345601', '0612345602'),
  accountId: pick(null, null, 'jeu-1', 'jeu-2'),
  external: pick([], [], [{ kind: 'card' as const, value: 'jeu-c' }], [{ kind: 'device' as const, value: 'jeu-d' }]),
})
const act = fc.oneof(
  { weight: 3, arbitrary: fc.record({ say: saying }) },
  { weight: 2, arbitrary: fc.record({ merge: fc.tuple(fc.nat(9), fc.nat(9)) }) },
  { weight: 1, arbitrary: fc.record({ unmerge: fc.nat(9) }) },
)

/** Whoever says something also looks at a category, says which shop is theirs, and lives with those of their name. */
async function sayAndDo(input: Partial<PartyInput>): Promise<void> {
  await inTransaction(db, async (tx) => {
    const [party] = await resolveParties(ctx, tx, [said(input)])
    if (!party) return
    const { partyId } = party
    const [at, id] = [clock.now(), ctx.ids.next()]
    await recordInteractions(ctx, tx, [
      { partyId, kind: 'category_view', at, id, channelCode: 'web', detail: input.name ?? '' },
    ])
    await declareFor(ctx, tx, partyId, { interests: [], sizes: [], shopCode: (input.name ?? 'rien').toLowerCase() })
    const household_id = `00000000-0000-7000-8000-00000000000${(input.name ?? '').length}`
    const home = {
      party_id: partyId,
      id: ctx.ids.next(),
      household_id,
      act: 'joined',
      source: 'staff',
      actor: null,
    } as const
    await insertHouseholdEvents(tx, [{ ...home, at }])
    await regroupHouseholds(ctx, tx, [partyId])
  })
}

async function live(acts: readonly (typeof act extends fc.Arbitrary<infer T> ? T : never)[], merging: boolean) {
  await db.query(
    'truncate customers.party, customers.party_key, customers.identification, customers.merge, customers.interaction, customers.declaration, customers.household_event, customers.household_member',
  )
  clock.set(start.toISOString())
  const one = async (nth: number): Promise<string> => {
    const { rows } = await db.query<{ id: string }>('select id from customers.party order by id')
    return rows[nth % Math.max(1, rows.length)]?.id ?? '00000000-0000-7000-8000-000000000000'
  }
  const refusal = (error: unknown): void => {
    expect(error).toMatchObject({ code: expect.stringMatching(/already_one|not_merged|not_found/) })
  }
  for (const step of acts) {
    clock.advance(60_000)
    if ('say' in step) await sayAndDo(step.say)
    else if (!merging) continue
    else if ('merge' in step) await merge(await one(step.merge[0]), await one(step.merge[1])).catch(refusal)
    else await unmerge(await one(step.unmerge)).catch(refusal)
  }
}

async function merged(): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    'select id from customers.party where survivor_id is not null order by id',
  )
  return rows.map(({ id }) => id)
}

test(
  'whatever was merged and taken back in whatever order, exports are to the byte as if nothing had been',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 14 }), fc.nat(), async (acts, turn) => {
        await live(acts, false)
        for (const id of await merged()) await unmerge(id)
        const alone = await exported()
        await live(acts, true)
        const rings = await db.query(
          `select 1 from customers.party p left join customers.party r on r.id = p.survivor_id
         where p.survivor_id is not null and (r.id is null or r.survivor_id is not null)`,
        )
        expect(rings.rowCount).toBe(0)
        for (let left = await merged(); left.length > 0; left = await merged())
          await unmerge(left[turn % left.length] ?? '')
        expect(await exported()).toBe(alone)
      }),
      { numRuns: 45 },
    )
  },
)
