import fc from 'fast-check'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { createTestClock } from '../../../../test/kit/clock.ts'
import { createTestDatabase } from '../../../../test/kit/database.ts'
import { createTestServices } from '../../../../test/kit/services.ts'
import { systemContext } from '../../../kernel/context.ts'
import { inTransaction, query } from '../../../kernel/db.ts'
import { partyById } from '../queries/parties.ts'
import { projectParties } from '../queries/identifications.ts'
import { resolveParties, type PartyInput } from '../resolve-parties.ts'

const { db } = await createTestDatabase({ poolSize: 20 })
const clock = createTestClock()
const ctx = systemContext(createTestServices(db, { clock }), 'test')

const said = (input: Partial<PartyInput>): PartyInput => ({ name: 'Léa', locale: 'fr', source: 'order', ...input })
const resolve = (...inputs: Partial<PartyInput>[]) =>
  inTransaction(db, (tx) => resolveParties(ctx, tx, inputs.map(said)))
const idOf = async (input: Partial<PartyInput>) => (await resolve(input))[0]?.partyId ?? ''
const count = async () => Number((await db.query('select count(*) as n from customers.identification')).rows[0].n)

test('one address is one person, however it is written', async () => {
  const id = await idOf({ email: 'Lea@Exemple.FR ' })
  expect(await idOf({ email: 'lea@exemple.fr', phone: '06 12 34 56 78' })).toBe(id)
  expect(await partyById(db, id)).toMatchObject({ name: 'Léa', email: 'lea@exemple.fr', phone: '+33612345678' })
  expect(await idOf({ email: 'lea+achats@exemple.fr' })).not.toBe(id)
})

test('saying the same again records nothing; saying otherwise keeps what was said before', async () => {
  const input = { email: 'jo@exemple.fr', name: 'Jo Petit', phone: '02 40 00 00 01' }
  const id = await idOf(input)
  const before = await count()
  expect((await resolve(input))[0]).toMatchObject({ partyId: id, created: false, changed: false })
  expect(await count()).toBe(before)
  clock.advance(1_000)
  expect((await resolve({ ...input, name: 'Jo Grand' }))[0]).toMatchObject({ changed: true })
  const names = await query<{ value: string }>(
    db,
    sql`select value from customers.identification where party_id = ${id} and kind = 'name' order by recorded_at`,
  )
  expect(names.map(({ value }) => value)).toEqual(['Jo Petit', 'Jo Grand'])
  expect((await partyById(db, id))?.name).toBe('Jo Grand')
})

test('news that come late do not undo what is known since', async () => {
  const late = { email: 'tard@exemple.fr', name: 'Avant', at: new Date('2026-01-01T00:00:00Z') }
  const id = await idOf({ email: 'tard@exemple.fr', name: 'Après' })
  await resolve(late)
  await resolve(late)
  expect((await partyById(db, id))?.name).toBe('Après')
})

test('twenty orders at once of the same new people make each of them once', async () => {
  const people = ['a', 'b', 'c'].map((name) => ({ email: `${name}@course.fr`, accountId: `compte-${name}` }))
  const rounds = Array.from({ length: 20 }, (_, n) => {
    const turned = [...people.slice(n % 3), ...people.slice(0, n % 3)]
    return resolve(...turned.map(({ email, accountId }) => (n % 2 === 0 ? { email } : { email, accountId })))
  })
  await Promise.all(rounds)
  const made = await query(db, sql`select 1 from customers.party where email like '%@course.fr'`)
  expect(made).toHaveLength(3)
})

test('two accounts are never one person, whatever address they give', async () => {
  const first = await idOf({ accountId: 'compte-1', email: 'famille@exemple.fr' })
  const second = await idOf({ accountId: 'compte-2', email: 'famille@exemple.fr' })
  expect(second).not.toBe(first)
  expect((await partyById(db, second))?.email).toBeNull()
  expect(await idOf({ email: 'famille@exemple.fr' })).toBe(first)
  expect(await idOf({ accountId: 'compte-2', email: 'autre@exemple.fr' })).toBe(second)
})

test('a guest who opens an account later stays the same person', async () => {
  const guest = await idOf({ email: 'invite@exemple.fr' })
  expect(await idOf({ email: 'invite@exemple.fr', accountId: 'compte-invite' })).toBe(guest)
  expect(await idOf({ email: 'tout-autre@exemple.fr', accountId: 'compte-invite' })).toBe(guest)
})

test('a telephone counts only with the name, and only when there is nothing better', async () => {
  const id = await idOf({ name: 'Zoé Éluard', phone: '06 99 99 99 99' })
  expect(await idOf({ name: 'zoe  eluard', phone: '+33 6 99 99 99 99' })).toBe(id)
  expect(await idOf({ name: 'Max Éluard', phone: '06 99 99 99 99' })).not.toBe(id)
  expect(await idOf({ name: 'Zoé Éluard', phone: '06 99 99 99 99', email: 'zoe@exemple.fr' })).not.toBe(id)
  expect(await resolve({ name: 'Personne' }, { name: 'Personne', phone: '12' })).toEqual([null, null])
})

test('whatever is said in whatever order, a key leads to one party, and profiles can be computed again', async () => {
  const pick = <T>(...values: T[]) => fc.constantFrom(...values)
  const input = fc.record({
    name: pick('Anne', 'Bo'),
    email: pick(null, 'p1@jeu.fr', 'p2@jeu.fr', 'p3@jeu.fr'),
    phone: pick(null, '0612345601', '0612345602'),
    accountId: pick(null, 'jeu-1', 'jeu-2'),
    reference: pick(null, 'jeu-r1', 'jeu-r2'),
  })
  const batches = fc.array(fc.array(input, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(batches, async (given) => {
      await db.query('truncate customers.party, customers.party_key, customers.identification')
      for (const batch of given) {
        clock.advance(1_000)
        await resolve(...batch)
      }
      const orphans = await db.query(
        `select 1 from customers.party_key k left join customers.party p on p.id = k.party_id
           where k.party_id is not null and p.id is null
         union all
         select 1 from customers.identification i left join customers.party p on p.id = i.party_id where p.id is null
         union all
         select 1 from customers.identification where kind in ('account', 'reference') group by party_id, kind
           having count(distinct value) > 1
         union all
         select 1 from customers.identification i join customers.party_key k on k.kind = i.kind and k.value = i.value
           where k.party_id <> i.party_id`,
      )
      expect(orphans.rowCount).toBe(0)
      const profiles = () => db.query("select to_jsonb(p) - 'updated_at' as p from customers.party p order by id")
      const before = (await profiles()).rows
      await inTransaction(db, (tx) =>
        projectParties(
          tx,
          before.map(({ p }) => p.id),
          clock.now(),
        ),
      )
      expect((await profiles()).rows).toEqual(before)
      const again = await resolve(...(given.at(-1) ?? []))
      expect(again.every((party) => party === null || !party.created)).toBe(true)
    }),
    { numRuns: 25 },
  )
})
