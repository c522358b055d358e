import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { LoyaltyMember } from '@ecluse/contracts/loyalty.ts'
import type { PartnerBody } from '@ecluse/contracts/partners.ts'
import fc from 'fast-check'
import sql from 'sql-template-tag'
import { expect, inject, test } from 'vitest'
import { actorHeader, clientOf, createTestShop } from '../../../../test/kit/shop.ts'
import { inTransaction, query } from '../../../kernel/db.ts'
import { transferBalances } from '../../payments/public.ts'
import { followTime } from '../follow-time.ts'
import { personalOfLoyalty } from '../queries/personal.ts'
import { nobody } from '../../../kernel/personal.ts'

const { app, clock, ctx, asStaff, actAs } = await createTestShop({ products: 1, unitsPerPlace: 5 })
const staff = asStaff()
const { db } = app.wiring.services

await staff(endpoints.putLoyaltyProgramme, {
  body: {
    name: { fr: 'Club', en: 'Club' },
    pointsPer100Euros: 100,
    multipliers: [],
    activation: 'return_period',
    expiryMonths: 12,
    reward: { points: 100, valueMinor: 500 },
    tiers: [],
    windowMonths: 12,
  },
})

const terms: PartnerBody = {
  name: 'Gare & Cie',
  contactName: 'Nadia Roux',
  contactEmail: 'nadia@gare.example',
  contactPhone: null,
  soldMinor: 85,
  boughtMinor: 73,
  personDayEarn: 100_000,
  personDaySpend: 100_000,
  dayEarn: 10_000_000,
  daySpend: 10_000_000,
  stopped: false,
}

/** A partner and its till, which calls with its own key. */
async function newPartner(change: Partial<PartnerBody> = {}) {
  const body = { ...terms, ...change }
  const { id } = await staff(endpoints.createPartner, { body })
  const key = { name: body.name, permissions: new Set(['partner:points'] as const), companyId: null, partnerId: id }
  const till = clientOf(app, { [actorHeader]: actAs({ kind: 'api_key', keyId: `key-${id}`, ...key }) })
  return { id, till, body }
}
const [one, two] = [await newPartner(), await newPartner({ name: 'Cinéma Lumen', soldMinor: 110, boughtMinor: 95 })]

let people = 0
async function newMember(points = 0): Promise<LoyaltyMember> {
  const body = { name: `zoé Membre${++people}`, email: `p${people}@exemple.fr`, channelCode: 'shop-nantes' }
  const member = await staff(endpoints.joinLoyaltyAtTill, { body })
  const params = { customerId: member.customerId }
  if (points > 0) await staff(endpoints.adjustLoyaltyPoints, { params, body: { points, reason: 'pour essayer' } })
  return member
}
async function memberNow(customerId: string): Promise<LoyaltyMember> {
  const { member } = await staff(endpoints.getLoyaltyMember, { params: { customerId } })
  if (!member) throw new Error('no member')
  return member
}
let receipts = 0
const receipt = () => `T-${++receipts}`
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(() => 'done').catch((error: unknown) => (error instanceof ApiError ? error.problem.code : error))

/** What must hold of points and of money whatever was done. */
async function expectSound(): Promise<void> {
  for (const unit of ['point', 'EUR'])
    expect((await transferBalances(db, unit)).reduce((sum, { balance }) => sum + balance, 0n)).toBe(0n)
  // Points on their way are those of the operations that hold them, of each person.
  const held = await query(
    db,
    sql`with lie as (select t.owner_id, sum(case when t.to_account = 'points_held' then t.amount else -t.amount end) as n
                     from payments.transfer t where 'points_held' in (t.from_account, t.to_account) group by 1),
             said as (select a.party_id, sum(a.points) as n from loyalty.partner_part a
                      join loyalty.partner_operation o on o.id = a.operation_id where o.state = 'held' group by 1)
        select 1 from lie full join said on said.party_id = lie.owner_id where coalesce(lie.n, 0) <> coalesce(said.n, 0)`,
  )
  expect(held).toEqual([])
  // What is owed is what was done, less what was settled.
  const wrong = await query(
    db,
    sql`select p.id from loyalty.partner p
        where coalesce((select sum(case when t.from_account = 'partner' then t.amount else -t.amount end)
                        from payments.transfer t where t.owner_id = p.id and t.unit = 'EUR'), 0)
          <> coalesce((select sum(case when o.kind in ('earn', 'spend_reversal') then o.amount_minor else -o.amount_minor end)
                       from loyalty.partner_operation o where o.partner_id = p.id and o.state = 'done'), 0)
             - coalesce((select sum(s.net_minor) from loyalty.partner_settlement s where s.partner_id = p.id), 0)`,
  )
  expect(wrong).toEqual([])
}

test('a partner’s till learns little, gives points once for a receipt, and takes them', async () => {
  const { cardNumber, customerId } = await newMember()
  const reference = receipt()
  const body = { cardNumber, points: 250, reference, shop: 'Nantes' }
  const earned = await one.till(endpoints.earnAtPartner, { body })
  expect(earned).toMatchObject({ kind: 'earn', state: 'done', active: 250, amount: { amountMinor: 213 } })
  const again = await Promise.all([1, 2, 3].map(() => one.till(endpoints.earnAtPartner, { body })))
  expect(again.map(({ id, active }) => [id, active])).toEqual(Array(3).fill([earned.id, 250]))
  expect(await one.till(endpoints.findPartnerCard, { body: { cardNumber } })).toEqual({
    initial: 'Z',
    active: 250,
    worth: { amountMinor: 183, currency: 'EUR' },
  })
  const changed = { ...body, points: 251 }
  expect(await codeOf(one.till(endpoints.earnAtPartner, { body: changed }))).toBe('loyalty.partner_reference_used')
  const spent = await two.till(endpoints.spendAtPartner, { body: { cardNumber, points: 100, reference } })
  expect(spent).toMatchObject({ state: 'done', active: 150, amount: { amountMinor: 95 } })
  const { movements, points } = await memberNow(customerId)
  expect(points.active).toBe(150)
  expect(movements.map(({ cause, active, partner }) => [cause, active, partner])).toEqual([
    ['partner_spent', -100, 'Cinéma Lumen'],
    ['partner_earned', 250, 'Gare & Cie'],
  ])
  const { items } = await staff(endpoints.listReadsOfCustomer, { params: { customerId }, query: {} })
  expect(items.find(({ reader }) => reader.kind === 'api_key')).toMatchObject({ screens: ['card'] })
  await expectSound()
})

test('what is held is nobody else’s, is taken once, and comes back when it is not', async () => {
  const { cardNumber, customerId } = await newMember(300)
  const hold = (points: number) =>
    one.till(endpoints.spendAtPartner, { body: { cardNumber, points, reference: receipt(), hold: true } })
  const [a, b] = [await hold(120), await hold(100)]
  expect(await codeOf(hold(100))).toBe('loyalty.points_short')
  expect((await memberNow(customerId)).points.active).toBe(80)
  expect((await staff(endpoints.getLoyaltyLiability, {})).held).toBe(220)
  const take = (operationId: string) => one.till(endpoints.commitPartnerSpending, { params: { operationId } })
  const drop = (operationId: string) => one.till(endpoints.releasePartnerSpending, { params: { operationId } })
  const taken = await Promise.all([take(a.id), take(a.id), take(a.id)])
  expect(taken.map(({ state, active }) => [state, active])).toEqual(Array(3).fill(['done', 80]))
  expect(await codeOf(drop(a.id))).toBe('loyalty.partner_operation_ended')
  expect(await codeOf(two.till(endpoints.commitPartnerSpending, { params: { operationId: b.id } }))).toBe(
    'loyalty.partner_operation_not_found',
  )
  clock.advance(16 * 60_000)
  expect(await codeOf(take(b.id))).toBe('loyalty.partner_operation_ended')
  await followTime(ctx)
  await followTime(ctx)
  expect(await drop(b.id)).toMatchObject({ state: 'released', active: 180 })
  const { movements } = await memberNow(customerId)
  expect(movements.map(({ cause, active }) => `${cause} ${active}`)).toEqual([
    'partner_released 100',
    'partner_held -100',
    'partner_spent -120',
    'adjusted 300',
  ])
  await expectSound()
})

test('two partners’ tills at once on the last points: one gets them', async () => {
  const { cardNumber, customerId } = await newMember(1_000)
  const tries = Array.from({ length: 16 }, (_, index) =>
    (index % 2 ? one : two).till(endpoints.spendAtPartner, {
      body: { cardNumber, points: 150, reference: receipt(), hold: index % 3 === 0 },
    }),
  )
  const ends = await Promise.allSettled(tries)
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(6)
  expect((await memberNow(customerId)).points.active).toBe(100)
  await expectSound()
})

test('what came back is undone, in part and in all, and what was earned and spent is owed', async () => {
  const { cardNumber, customerId } = await newMember()
  const earned = await one.till(endpoints.earnAtPartner, { body: { cardNumber, points: 101, reference: receipt() } })
  const spent = await two.till(endpoints.spendAtPartner, { body: { cardNumber, points: 99, reference: receipt() } })
  const undo = (till: typeof one.till, operationId: string, points: number, reference = receipt()) =>
    till(endpoints.reversePartnerOperation, { params: { operationId }, body: { points, reference } })
  const reference = receipt()
  const first = await Promise.all([1, 2].map(() => undo(one.till, earned.id, 34, reference)))
  expect(first.map(({ active }) => active)).toEqual([-32, -32])
  expect(await codeOf(undo(one.till, earned.id, 68))).toBe('loyalty.partner_reversed')
  const rest = await undo(one.till, earned.id, 67)
  expect((first[0]?.amount.amountMinor ?? 0) + rest.amount.amountMinor).toBe(earned.amount.amountMinor)
  expect((await memberNow(customerId)).points.active).toBe(-99)
  expect((await undo(two.till, spent.id, 99)).active).toBe(0)
  expect(await codeOf(undo(one.till, spent.id, 1))).toBe('loyalty.partner_operation_not_found')
  await expectSound()
})

test('a partner is kept to what was agreed, and refused at once when it is stopped', async () => {
  const { cardNumber } = await newMember(500)
  const { id, till, body } = await newPartner({ name: 'Bref', personDaySpend: 150, dayEarn: 80, personDayEarn: 50 })
  const spend = (points: number, hold = false) =>
    till(endpoints.spendAtPartner, { body: { cardNumber, points, reference: receipt(), hold } })
  const held = await spend(100, true)
  expect(await codeOf(spend(51))).toBe('loyalty.partner_limit')
  await spend(50)
  const other = await newMember()
  const earn = (card: string, points: number) =>
    till(endpoints.earnAtPartner, { body: { cardNumber: card, points, reference: receipt() } })
  await earn(cardNumber, 50)
  expect(await codeOf(earn(cardNumber, 1))).toBe('loyalty.partner_limit')
  expect(await codeOf(earn(other.cardNumber, 31))).toBe('loyalty.partner_limit')
  await earn(other.cardNumber, 30)
  clock.advance(86_400_000)
  await earn(cardNumber, 50)
  const stopped = await staff(endpoints.updatePartner, { params: { partnerId: id }, body: { ...body, stopped: true } })
  expect(stopped.stopped).toBe(true)
  const operationId = held.id
  const refused = [
    earn(cardNumber, 1),
    spend(1),
    till(endpoints.findPartnerCard, { body: { cardNumber } }),
    till(endpoints.commitPartnerSpending, { params: { operationId } }),
    till(endpoints.reversePartnerOperation, { params: { operationId }, body: { points: 1, reference: receipt() } }),
  ]
  expect(await Promise.all(refused.map(codeOf))).toEqual(refused.map(() => 'loyalty.partner_stopped'))
  await followTime(ctx)
  await expectSound()
})

test('a key is its partner’s or nobody’s, and opens nothing else', async () => {
  const scopes = ['partner:points' as const]
  const key = { name: 'Caisses', scopes, expiresAt: null }
  const made = await staff(endpoints.createApiKey, { body: { ...key, partnerId: one.id } })
  expect(made.key.partnerId).toBe(one.id)
  for (const body of [key, { ...key, partnerId: one.id, scopes: [...scopes, 'customers:read' as const] }])
    expect(await codeOf(staff(endpoints.createApiKey, { body }))).toBe('access.partner_key')
  const { cardNumber } = await newMember()
  const till = clientOf(app, { authorization: `Bearer ${made.secret}` })
  expect(await till(endpoints.findPartnerCard, { body: { cardNumber } })).toMatchObject({ active: 0 })
  expect(await codeOf(till(endpoints.findPartnerCard, { body: { cardNumber: '2900000000000' } }))).toBe(
    'loyalty.card_unknown',
  )
  expect(await codeOf(till(endpoints.listLoyaltyMembers, { query: {} }))).toBe('access.forbidden')
  expect(await codeOf(staff(endpoints.findPartnerCard, { body: { cardNumber } }))).toBe('access.forbidden')
})

test('whose data may only be kept is unknown to partners; who is erased is in no operation', async () => {
  const { cardNumber, customerId } = await newMember(100)
  const spent = await one.till(endpoints.spendAtPartner, { body: { cardNumber, points: 40, reference: receipt() } })
  const restriction = { reason: 'objection' as const, note: 'demandé par écrit' }
  await staff(endpoints.restrictCustomer, { params: { customerId }, body: restriction })
  expect(await codeOf(one.till(endpoints.findPartnerCard, { body: { cardNumber } }))).toBe('loyalty.card_unknown')
  const part = personalOfLoyalty.tables.find(({ table }) => table === 'loyalty.partner_part')
  const person = { ...nobody, parties: [customerId] }
  const read = await db.query(part?.read?.(person) ?? '')
  expect(read.rows).toMatchObject([{ partner: 'Gare & Cie', kind: 'spend', points: 40 }])
  await inTransaction(db, async (tx) => {
    const erase = part?.erase?.(person, { now: clock.now(), secret: '' })
    if (erase) await query(tx, erase)
  })
  const back = { params: { operationId: spent.id }, body: { points: 40, reference: receipt() } }
  expect(await codeOf(one.till(endpoints.reversePartnerOperation, back))).toBe('loyalty.partner_member_gone')
})

test('a month is a statement and a file, settled once when it is over', async () => {
  clock.set('2026-08-31T21:59:00Z')
  const { id, till } = await newPartner({ name: 'Mois' })
  const { cardNumber } = await newMember()
  const earn = (points: number) =>
    till(endpoints.earnAtPartner, { body: { cardNumber, points, reference: `=${receipt()}` } })
  const earned = await earn(1_000)
  await till(endpoints.spendAtPartner, {
    body: { cardNumber, points: 300, reference: receipt(), shop: 'Gare, quai 1' },
  })
  clock.advance(60_000)
  // The first of September in Paris.
  await till(endpoints.reversePartnerOperation, {
    params: { operationId: earned.id },
    body: { points: 100, reference: receipt() },
  })
  const august = { partnerId: id, month: '2026-08' }
  const statement = await staff(endpoints.getPartnerStatement, { params: august })
  expect(statement).toMatchObject({ net: { amountMinor: 850 - 219 }, over: true, settled: null })
  expect(statement.lines.map(({ kind, net }) => [kind, net.amountMinor])).toEqual([
    ['earn', 850],
    ['spend', -219],
  ])
  const settle = (month: string) =>
    staff(endpoints.settlePartner, { params: { partnerId: id }, body: { month, reference: 'VIR 77' } })
  expect(await codeOf(settle('2026-09'))).toBe('loyalty.month_open')
  const settled = await Promise.all([codeOf(settle('2026-08')), codeOf(settle('2026-08'))])
  expect(settled.toSorted()).toEqual(['done', 'loyalty.month_settled'])
  const { items } = await staff(endpoints.listPartners, {})
  expect(items.find((item) => item.id === id)?.balance.amountMinor).toBe(-85)
  const file = await app.fastify.inject({
    url: `/api/v1/loyalty/partners/${id}/statements/2026-08/file.csv`,
    headers: { [actorHeader]: actAs({ kind: 'system', name: 'test' }) },
  })
  expect(file.body.split('\r\n')).toMatchObject([
    '\uFEFFid,at,kind,reference,shop,points,net_eur',
    expect.stringMatching(/,earn,'=T-\d+,,1000,8\.50$/),
    expect.stringMatching(/,spend,T-\d+,"Gare, quai 1",300,'-2\.19$/),
    '',
  ])
  await expectSound()
})

test('whatever tills and time do, nothing is made of nothing and nobody spends what they have not', async () => {
  const step = fc.record({
    what: fc.constantFrom('earn', 'spend', 'hold', 'commit', 'release', 'undo', 'wait', 'reward'),
    who: fc.nat(2),
    where: fc.nat(1),
    points: fc.integer({ min: 1, max: 400 }),
    which: fc.nat(20),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 25 }), async (steps) => {
      const cards = [await newMember(200), await newMember(), await newMember(90)]
      const made: { id: string; till: typeof one.till }[] = []
      for (const { what, who, where, points, which } of steps) {
        const { till } = where === 0 ? one : two
        const { cardNumber = '', customerId = '' } = cards[who] ?? {}
        const before = (await memberNow(customerId)).points.active
        const earlier = made[which % Math.max(1, made.length)]
        const params = { operationId: earlier?.id ?? one.id }
        const body = { cardNumber, points, reference: receipt() }
        const done = await codeOf(
          (async () => {
            if (what === 'earn') made.push({ ...(await till(endpoints.earnAtPartner, { body })), till })
            else if (what === 'spend' || what === 'hold')
              made.push({
                ...(await till(endpoints.spendAtPartner, { body: { ...body, hold: what === 'hold' } })),
                till,
              })
            else if (what === 'commit') await (earlier?.till ?? till)(endpoints.commitPartnerSpending, { params })
            else if (what === 'release') await (earlier?.till ?? till)(endpoints.releasePartnerSpending, { params })
            else if (what === 'undo')
              await (earlier?.till ?? till)(endpoints.reversePartnerOperation, {
                params,
                body: { points, reference: body.reference },
              })
            else if (what === 'reward') await staff(endpoints.spendLoyaltyCard, { body: { cardNumber, rewards: 1 } })
            else {
              clock.advance(points * 120_000)
              await followTime(ctx)
            }
          })(),
        )
        const after = (await memberNow(customerId)).points.active
        if (what === 'spend' || what === 'hold') {
          expect(done === 'done').toBe(points <= before)
          expect(after).toBe(done === 'done' ? before - points : before)
        }
      }
      await expectSound()
    }),
    { numRuns: 3, seed: inject('seed') },
  )
})
