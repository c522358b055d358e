import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { SegmentCondition, SegmentRule, ValueMeasure } from '@ecluse/contracts/segments.ts'
import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../../test/kit/shop.ts'
import { inTransaction } from '../../../../kernel/db.ts'
import { recordInteractions, writeCustomers, type Interaction } from '../../../customers/public.ts'
import { followCustomersNow } from '../../jobs/keep-segments.ts'
import { fillSegment, followCustomers, followTime, followValues } from '../keep-segments.ts'
import { countOf } from '../queries/segments.ts'
import { arbitraryHappenings, arbitraryRules, type Computation, type Happening } from './arbitrary-rules.ts'

const { clock, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 3, unitsPerPlace: 5 })
const staff = asStaff()
const hourMs = 3_600_000
const start = clock.now()

type Person = {
  id: string
  locale: 'fr' | 'en'
  email: string | null
  postalCode: string | null
  createdAt: Date
  survivorId: string | null
}

const products = (await ctx.db.query<{ id: string }>('select id from catalog.product order by id')).rows.map(
  ({ id }) => id,
)
await ctx.db.query(
  `with made as (insert into catalog.category (id, code, name_fr, name_en) values (gen_random_uuid(), 'essai', 'Essai', 'Test') returning id)
   insert into catalog.product_category (product_id, category_id, position) select $1, id, 99 from made`,
  [products[0]],
)

/** Twelve customers, two of them merged into another. */
const people: Person[] = Array.from({ length: 12 }, (_, n) => ({
  id: ctx.ids.next(),
  locale: n % 3 === 0 ? 'en' : 'fr',
  email: n % 4 === 0 ? null : `client-${n}@exemple.fr`,
  postalCode: n % 5 === 0 ? null : n % 2 === 0 ? '44000' : '35200',
  createdAt: new Date(start.getTime() - n * 20 * 24 * hourMs),
  survivorId: null,
}))
for (const [absorbed, survivor] of [
  [10, 1],
  [11, 2],
] as const)
  people[absorbed] = { ...(people[absorbed] as Person), survivorId: people[survivor]?.id ?? null }
for (const one of people)
  await ctx.db.query(
    `insert into customers.party (id, kind, name, email, locale, address, sort_name, search, created_at, updated_at, survivor_id, merged_into)
     values ($1, 'person', 'Client', $2, $3, $4, '', '', $5, $5, $6, $6)`,
    [
      one.id,
      one.email,
      one.locale,
      one.postalCode && JSON.stringify({ postalCode: one.postalCode }),
      one.createdAt,
      one.survivorId,
    ],
  )

/** Everything that was recorded, as the oracle knows it. */
let log: Interaction[] = []

/** What is computed of each customer, as the oracle knows it. */
let computed = new Map<
  string,
  Partial<Record<ValueMeasure, number | null>> & { treatment?: 'relational' | 'transactional' }
>()

/** The rule by plain words of a programme: everything counted anew, for each customer, from the whole log. */
function membersBy(rule: SegmentRule, now: Date): string[] {
  const holds = (one: Person, condition: SegmentCondition): boolean => {
    const since = (days: number) => now.getTime() - days * 24 * hourMs
    switch (condition.type) {
      case 'language':
        return one.locale === condition.locale
      case 'kind':
        return condition.kind === 'person'
      case 'account':
        return false
      case 'reachable':
        return condition.by === 'email' ? one.email !== null : condition.by === 'post' ? one.postalCode !== null : false
      case 'postal_code':
        return condition.startsWith.some((code) => one.postalCode?.startsWith(code) ?? false)
      case 'known_for':
        return one.createdAt.getTime() > since(condition.withinDays)
      case 'value': {
        const value = computed.get(one.id)?.[condition.measure]
        if (value === undefined || value === null) return false
        return value >= (condition.atLeast ?? 0) && value <= (condition.atMost ?? Infinity)
      }
      case 'treatment':
        return (computed.get(one.id)?.treatment ?? 'transactional') === condition.treatment
      case 'interest':
      case 'size':
      case 'usual_shop':
      case 'distance':
      case 'household':
        throw new Error('not drawn: traits have tests of their own')
      case 'did': {
        const family = new Set(
          people.filter(({ id, survivorId }) => id === one.id || survivorId === one.id).map(({ id }) => id),
        )
        const found = log.filter(
          (event) =>
            family.has(event.partyId) &&
            event.kind === condition.what &&
            (condition.withinDays === undefined || event.at.getTime() > since(condition.withinDays)) &&
            (condition.channelCodes?.includes(event.channelCode ?? '') ?? true) &&
            (condition.productIds?.includes(event.productId ?? '') ?? true) &&
            (condition.categoryCodes === undefined || event.productId === products[0]),
        )
        const worth = found.reduce((sum, { valueMinor }) => sum + Number(valueMinor ?? 0), 0)
        return (
          found.length >= condition.atLeast &&
          found.length <= (condition.atMost ?? Infinity) &&
          worth >= (condition.worthAtLeastMinor ?? 0)
        )
      }
    }
  }
  const joined = (match: 'all' | 'any', truths: boolean[]) =>
    match === 'all' ? truths.every(Boolean) : truths.some(Boolean)
  return people
    .filter(({ survivorId }) => survivorId === null)
    .filter((one) =>
      joined(
        rule.match,
        rule.groups.map(({ match, conditions }) =>
          joined(
            match,
            conditions.map((c) => holds(one, c) !== c.not),
          ),
        ),
      ),
    )
    .map(({ id }) => id)
    .sort()
}

const rule = arbitraryRules(products)
const { happening, computation } = arbitraryHappenings(people.length)

async function record(happened: readonly Happening[]): Promise<void> {
  const events = happened.map(({ who, kind, hoursAgo, channelCode, product, valueMinor }): Interaction => ({
    partyId: people[who]?.id ?? '',
    kind,
    at: new Date(clock.now().getTime() - hoursAgo * hourMs),
    id: ctx.ids.next(),
    channelCode,
    productId: kind === 'purchase' || kind === 'product_view' ? (products[product] ?? null) : null,
    valueMinor,
  }))
  await inTransaction(ctx.db, (tx) => recordInteractions(ctx, tx, events))
  log.push(...events)
  await followCustomers(
    ctx,
    [...new Set(events.map(({ partyId }) => partyId))],
    events.map(({ kind }) => kind),
  )
}

/** Writes what is computed of some customers anew, and has them looked at, or everybody as after a night. */
async function compute(found: readonly Computation[], everybody: boolean): Promise<void> {
  for (const { who, values, treatment } of found) {
    const id = people[who]?.id ?? ''
    computed.set(id, { ...values, ...(treatment ? { treatment } : {}) })
    await ctx.db.query('delete from customers.customer_value where party_id = $1', [id])
    await ctx.db.query('delete from customers.treatment where party_id = $1', [id])
    if (values)
      await ctx.db.query(
        `insert into customers.customer_value (party_id, computed_at, as_of, first_on, last_on, purchases, spent_minor, recency,
           frequency, monetary, active, expected_purchases, expected_value_minor)
         values ($1, $2::timestamptz, $2::date, $2::date, $2::date, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          id,
          clock.now(),
          ...[
            'purchases',
            'spent',
            'recency',
            'frequency',
            'monetary',
            'active',
            'expected_purchases',
            'expected_value',
          ].map((name) => values[name as ValueMeasure]),
        ],
      )
    if (treatment)
      await ctx.db.query(
        `insert into customers.treatment (party_id, treatment, decided_by, reason, since) values ($1, $2, 'rule', 'below', $3)`,
        [id, treatment, clock.now()],
      )
  }
  if (everybody) await followValues(ctx)
  else
    await followCustomers(
      ctx,
      found.map(({ who }) => people[who]?.id ?? ''),
      'values',
    )
}

async function kept(segmentId: string): Promise<{ members: string[]; count: number; counted: boolean }> {
  const { rows } = await ctx.db.query<{ party_id: string }>(
    'select party_id from engagement.segment_member where segment_id = $1 order by party_id',
    [segmentId],
  )
  const segment = await staff(endpoints.getSegment, { params: { segmentId } })
  return {
    members: rows.map(({ party_id }) => party_id),
    count: segment.memberCount,
    counted: segment.countedAt !== null,
  }
}

test(
  'members are those the rule describes: at first, after what happens, and as time passes',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        rule,
        fc.array(happening, { maxLength: 25 }),
        fc.array(computation, { maxLength: 12 }),
        fc.array(
          fc.record({
            passes: fc.integer({ min: 1, max: 24 * 20 }),
            happened: fc.array(happening, { maxLength: 4 }),
            found: fc.array(computation, { maxLength: 4 }),
            everybody: fc.boolean(),
          }),
          { maxLength: 4 },
        ),
        async (rule, before, known, later) => {
          await ctx.db.query('delete from customers.interaction')
          await ctx.db.query('delete from customers.customer_value')
          await ctx.db.query('delete from customers.treatment')
          log = []
          computed = new Map()
          await record(before)
          await compute(known, false)
          const { id } = await staff(endpoints.createSegment, { body: { name: `Essai ${ctx.ids.next()}`, rule } })
          const agrees = async () => {
            const members = membersBy(rule, clock.now())
            expect(await kept(id)).toEqual({ members, count: members.length, counted: true })
            const found = await inTransaction(ctx.db, (tx) => countOf(tx, rule, clock.now()))
            expect(found).toEqual({
              count: members.length,
              of: people.filter(({ survivorId }) => survivorId === null).length,
            })
          }
          await fillSegment(ctx, id)
          await agrees()
          for (const { passes, happened, found, everybody } of later) {
            clock.advance(passes * hourMs)
            await followTime(ctx)
            await agrees()
            await record(happened)
            await agrees()
            await compute(found, everybody)
            await agrees()
          }
          await staff(endpoints.deleteSegment, { params: { segmentId: id } })
        },
      ),
      { seed: inject('seed'), numRuns: 60 },
    )
  },
)

const everyWebBuyer: SegmentRule = {
  match: 'all',
  groups: [
    {
      match: 'all',
      conditions: [{ type: 'did', not: false, what: 'order', atLeast: 1, withinDays: 30, channelCodes: ['web'] }],
    },
  ],
}

/** Does the jobs that were asked for, as many at once as said. */
async function runFollowing(atOnce = 1): Promise<void> {
  const { rows } = await ctx.db.query<{ payload: unknown }>(
    `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
     where t.id = j.task_id and t.identifier = 'engagement.follow-customers' returning payload`,
  )
  expect(rows.length).toBeGreaterThan(0)
  for (const { payload } of rows) {
    const asked = followCustomersNow.payload.parse(payload)
    await Promise.all(Array.from({ length: atOnce }, () => followCustomersNow.run(ctx, asked)))
  }
}

test('a household of so many is in as soon as somebody says they live together, and out when one leaves', async () => {
  const [one = '', two = '', three = ''] = people.filter(({ survivorId }) => survivorId === null).map(({ id }) => id)
  const rule = (atLeast: number, not = false): SegmentRule => ({
    match: 'all',
    groups: [{ match: 'all', conditions: [{ type: 'household', not, atLeast }] }],
  })
  const { id } = await staff(endpoints.createSegment, { body: { name: 'Trois au moins', rule: rule(3) } })
  await fillSegment(ctx, id)
  const live = (customerId: string, otherId: string) =>
    staff(endpoints.joinHousehold, { params: { customerId }, body: { otherId } })
  await live(one, two)
  await live(two, three)
  await settle()
  await runFollowing()
  expect((await kept(id)).members).toEqual([one, two, three].toSorted())
  const others = await inTransaction(ctx.db, (tx) => countOf(tx, rule(2, true), clock.now()))
  expect(others.of - others.count).toBe(3)
  await staff(endpoints.leaveHousehold, { params: { customerId: three }, body: {} })
  await settle()
  await runFollowing()
  expect(await kept(id)).toMatchObject({ members: [], count: 0 })
})

test('who buys is in within one pass of outbox and jobs; two looks at once count nobody twice', async () => {
  await ctx.db.query('delete from customers.interaction')
  const { id } = await staff(endpoints.createSegment, { body: { name: 'Acheteurs du site', rule: everyWebBuyer } })
  await fillSegment(ctx, id)
  const body = webPurchase([{ variantId: shop.variantIds[0] ?? '', quantity: 1 }], {
    contact: { name: 'Léa Roux', email: 'lea@exemple.fr' },
  })
  await visitor(endpoints.placeOrder, { body })
  await settle()
  await runFollowing(3)
  const { items } = await staff(endpoints.listSegmentMembers, { params: { segmentId: id }, query: {} })
  expect(items.map(({ name, email }) => [name, email])).toEqual([['Léa Roux', 'lea@exemple.fr']])
  expect((await kept(id)).count).toBe(1)
  clock.advance(30 * 24 * hourMs)
  await Promise.all([0, 1, 2].map(() => followTime(ctx)))
  expect(await kept(id)).toEqual({ members: [], count: 0, counted: true })
  const changes = await staff(endpoints.listSegmentChanges, { params: { segmentId: id }, query: {} })
  expect(changes.items.map(({ name, entered }) => [name, entered])).toEqual([
    ['Léa Roux', false],
    ['Léa Roux', true],
  ])
})

test('who moves house moves between segments without buying anything, and everybody is exported', async () => {
  const nantes: SegmentRule = {
    match: 'all',
    groups: [{ match: 'all', conditions: [{ type: 'postal_code', not: false, startsWith: ['84'] }] }],
  }
  const { id } = await staff(endpoints.createSegment, { body: { name: 'Vaucluse', rule: nantes } })
  await fillSegment(ctx, id)
  const moveTo = async (postalCode: string) => {
    const address = { name: 'Ana Blanc', street: '1 rue Haute', postalCode, locality: 'Ville', country: 'FR' }
    await inTransaction(ctx.db, (tx) =>
      writeCustomers(ctx, tx, [
        { kind: 'person', name: 'Ana "Nana" Blanc', email: 'ana@exemple.fr', locale: 'fr', address },
      ]),
    )
    await settle()
    await runFollowing()
  }
  await moveTo('84000')
  const csv = String(await staff(endpoints.exportSegment, { params: { segmentId: id } }))
  expect(csv.split('\r\n').map((line) => line.split(',').slice(1, 3).join())).toEqual([
    'name,email',
    '"Ana ""Nana"" Blanc",ana@exemple.fr',
    '',
  ])
  await moveTo('44000')
  expect(await kept(id)).toEqual({ members: [], count: 0, counted: true })
})

test('a name is taken once, a segment changed meanwhile is not overwritten, and what is gone is told', async () => {
  const body = { name: 'Fidèles', rule: everyWebBuyer }
  const made = await staff(endpoints.createSegment, { body })
  await expect(staff(endpoints.createSegment, { body: { ...body, name: 'FIDÈLES' } })).rejects.toMatchObject({
    problem: { code: 'engagement.segment_name_taken' },
  })
  const params = { segmentId: made.id }
  const changed = await staff(endpoints.updateSegment, { params, body: { name: 'Très fidèles', revision: 1 } })
  expect(changed).toMatchObject({ name: 'Très fidèles', revision: 2 })
  await expect(staff(endpoints.updateSegment, { params, body: { name: 'Autres', revision: 1 } })).rejects.toMatchObject(
    {
      problem: { code: 'engagement.segment_changed' },
    },
  )
  const both = [0, 1].map(() => staff(endpoints.createSegment, { body: { ...body, name: 'Deux à la fois' } }))
  const ended = await Promise.allSettled(both)
  expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(ended.find((one) => one.status === 'rejected')?.reason).toMatchObject({
    problem: { code: 'engagement.segment_name_taken' },
  })
  await staff(endpoints.deleteSegment, { params })
  await expect(staff(endpoints.getSegment, { params })).rejects.toMatchObject({
    problem: { code: 'engagement.segment_not_found' },
  })
})
