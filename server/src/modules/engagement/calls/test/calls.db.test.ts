import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import { createTestShop } from '../../../../../test/kit/shop.ts'
import { inTransaction } from '../../../../kernel/db.ts'
import { resolveParties } from '../../../customers/public.ts'
import { fillSegmentJob } from '../../jobs/names.ts'

const { app, clock, ctx, asStaff, visitor } = await createTestShop({ products: 1, unitsPerPlace: 1 })
const [one, other] = [asStaff(), asStaff()]
/** A Tuesday at eleven, after consent became necessary for every call that sells. */
clock.set('2026-09-08T11:00:00+02:00')

let number = 0
async function partyOf(allowed: boolean, name = 'Paul Appel'): Promise<{ customerId: string; phone: string }> {
  const phone = `+3361234${String(++number).padStart(4, '0')}`
  const [party] = await inTransaction(ctx.db, (tx) =>
    resolveParties(ctx, tx, [{ name, phone, locale: 'fr', source: 'test' }]),
  )
  const customerId = party?.partyId ?? ''
  if (allowed)
    await one(endpoints.recordConsent, {
      params: { customerId },
      body: { act: 'granted', medium: 'phone', purpose: 'marketing', proof: 'Formulaire papier 7' },
    })
  return { customerId, phone }
}
const add = (customerId: string, purpose: 'marketing' | 'service' = 'marketing', asked = false) =>
  one(endpoints.addCall, { params: { customerId }, body: { about: 'Révision gratuite', purpose, asked } })
const paramsOf = ({ customerId, id }: { customerId: string; id: string }) => ({ customerId, callId: id })
type Key = { customerId: string; callId: string }
const take = (params: Key, by = one) => by(endpoints.takeCall, { params })
const close = (params: Key, body: Parameters<typeof endpoints.closeCall.body.parse>[0] & object, by = one) =>
  by(endpoints.closeCall, { params, body: body as { outcome: 'reached' } })
const reasonIn = (details: Readonly<Record<string, unknown>> = {}): string[] =>
  typeof details['reason'] === 'string' ? [details['reason']] : []
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) =>
      error instanceof ApiError ? [error.problem.code, ...reasonIn(error.problem.details)].join(' ') : String(error),
  )

test('of two who take a call at once one has it; what came of it is written once', async () => {
  const { customerId } = await partyOf(true)
  const params = paramsOf(await add(customerId))
  const taken = await Promise.all([one, other].map((by) => refusal(take(params, by))))
  expect(taken.toSorted((a, b) => a.localeCompare(b))).toEqual(['engagement.call_taken', 'none'])
  const by = taken[0] === 'none' ? one : other
  const stranger = by === one ? other : one
  expect(await refusal(close(params, { outcome: 'reached' }, stranger))).toBe('engagement.call_taken')
  const told = await Promise.all(
    [1, 2].map(() => refusal(close(params, { outcome: 'reached', note: 'Vient samedi' }, by))),
  )
  expect(told.filter((code) => code === 'none')).toHaveLength(1)
  const { rows } = await ctx.db.query('select outcome, note from engagement.call_attempt where party_id = $1', [
    customerId,
  ])
  expect(rows).toEqual([{ outcome: 'reached', note: 'Vient samedi' }])
  const { items } = await one(endpoints.getCustomerTimeline, {
    params: { customerId },
    query: { kind: 'call_answered', limit: 10 },
  })
  expect(items).toMatchObject([{ detail: 'reached', at: clock.now().toISOString(), memberId: customerId }])
})

test('who did not agree, and whoever it is too early for, is not called; who asked for it is', async () => {
  const silent = await partyOf(false)
  expect(await refusal(take(paramsOf(await add(silent.customerId))))).toBe('engagement.call_not_now not_asked')
  const { customerId } = await partyOf(true)
  const params = paramsOf(await add(customerId))
  clock.set('2026-09-08T13:30:00+02:00')
  expect(await refusal(take(params))).toBe('engagement.call_not_now hours')
  const { items } = await one(endpoints.listCalls, { query: { limit: 200 } })
  expect(items.find(({ id }) => id === params.callId)?.permission).toEqual({
    allowed: false,
    reason: 'hours',
    from: '2026-09-08T12:00:00.000Z',
  })
  expect(await refusal(take(paramsOf(await add(silent.customerId, 'service', true))))).toBe('none')
  clock.set('2026-09-09T11:00:00+02:00')
})

test('a refusal on the telephone withdraws the consent, with the call as its proof, and no call follows', async () => {
  const { customerId } = await partyOf(true)
  const params = paramsOf(await add(customerId))
  await take(params)
  await close(params, { outcome: 'refused', note: 'Ne plus appeler' })
  const { entries } = await one(endpoints.getCustomerConsents, { params: { customerId }, query: {} })
  expect(entries[0]).toMatchObject({
    act: 'withdrawn',
    medium: 'phone',
    source: 'call',
    proof: { call: params.callId },
  })
  expect(await refusal(take(paramsOf(await add(customerId))))).toMatch(
    /^engagement.call_not_now (?:opposed|withdrawn)$/,
  )
})

test('who does not answer is tried again later, four times in thirty days at most; who asks is called back then', async () => {
  const { customerId } = await partyOf(true)
  const params = paramsOf(await add(customerId))
  for (const day of [10, 11, 14, 15]) {
    clock.set(`2026-09-${day}T15:00:00+02:00`)
    await take(params)
    await close(params, { outcome: 'no_answer' })
  }
  clock.set('2026-09-16T15:00:00+02:00')
  expect(await refusal(take(params))).toBe('engagement.call_not_now called_enough')
  clock.set('2026-10-12T11:00:00+02:00')
  await take(params)
  const back = await close(params, { outcome: 'call_back', callBackAt: '2026-10-13T18:00:00.000Z' })
  expect(back).toMatchObject({ state: 'open', asked: true, notBefore: '2026-10-13T18:00:00.000Z' })
  clock.set('2026-10-13T20:00:00+02:00')
})

test('a segment is called: those who agreed, once each', async () => {
  clock.set('2026-11-03T11:00:00+01:00')
  const yes = await partyOf(true, 'Oui Segment')
  await partyOf(false, 'Non Segment')
  const segment = await one(endpoints.createSegment, {
    body: {
      name: 'Tous',
      rule: { match: 'all', groups: [{ match: 'all', conditions: [{ type: 'reachable', by: 'phone' }] }] },
    },
  })
  await app.wiring.jobs.find(({ name }) => name === fillSegmentJob.name)?.run(ctx, { segmentId: segment.id })
  const ask = () =>
    one(endpoints.addCallsOfSegment, {
      params: { segmentId: segment.id },
      body: { about: 'Essais de printemps', purpose: 'marketing' },
    })
  const first = await ask()
  expect(first.added).toBeGreaterThan(0)
  expect(first.leftOut).toBeGreaterThan(0)
  expect(await ask()).toMatchObject({ added: 0 })
  const { items } = await one(endpoints.listCalls, { query: { limit: 200 } })
  expect(
    items.filter(({ customerId, about }) => customerId === yes.customerId && about === 'Essais de printemps'),
  ).toHaveLength(1)
})

test('who asks to be called back is on the list once, within the hours, with what they read and wished', async () => {
  clock.set('2026-09-12T09:00:00+02:00')
  const ask = (about: string, when: 'soon' | 'afternoon', phone = '06 12 99 88 77') =>
    visitor(endpoints.askForCall, { body: { name: 'Rita Rappel', phone, about, when, locale: 'fr' } })
  // A Saturday: the first hours of calls are on Monday.
  expect(await ask('Une taille de cadre', 'soon')).toEqual({ from: '2026-09-14T08:00:00.000Z' })
  expect(await ask('Une taille de cadre, et des pneus', 'afternoon')).toEqual({ from: '2026-09-14T12:00:00.000Z' })
  const mine = async () =>
    (await one(endpoints.listCalls, { query: { limit: 200 } })).items.filter(({ name }) => name === 'Rita Rappel')
  const [call, ...more] = await mine()
  expect(more).toEqual([])
  expect(call).toMatchObject({
    asked: true,
    purpose: 'service',
    about: 'Une taille de cadre, et des pneus',
    phone: '+33612998877',
  })
  const { rows } = await ctx.db.query('select request from engagement.call where id = $1', [call?.id])
  expect(rows).toMatchObject([{ request: { wording: 'callback-1', when: 'afternoon', locale: 'fr' } }])
  expect(await refusal(ask('Rien', 'soon', '0000000'))).toBe('engagement.no_phone')
  if (!call) return
  expect(await refusal(take(paramsOf(call)))).toBe('engagement.call_not_now hours')
  clock.set('2026-09-14T15:00:00+02:00')
  await take(paramsOf(call))
  await close(paramsOf(call), { outcome: 'reached' })
  expect(await mine()).toEqual([])
})
