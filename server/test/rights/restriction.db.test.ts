import { expect, test } from 'vitest'
import sql from 'sql-template-tag'
import { type ApiError, urlOf } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { SegmentRule } from '@ecluse/contracts/segments.ts'
import { inTransaction, one, query } from '../../src/kernel/db.ts'
import {
  membersOf,
  permissionFor,
  permissionsFor,
  readCustomers,
  recordInteractions,
  resolveParties,
} from '../../src/modules/customers/public.ts'
import { purchasesJson } from '../../src/modules/customers/queries/values.ts'
import { segmentSql } from '../../src/modules/engagement/segments/queries/segment-sql.ts'
import { sweepRights } from '../../src/modules/rights/jobs/do-requests.ts'
import { activities } from '../../src/modules/rights/register/activities.ts'
import { personalParts } from '../../src/personal-parts.ts'
import { actorHeader, clientOf, createTestShop } from '../kit/shop.ts'

const { app, clock, ctx, asStaff, actAs, settle } = await createTestShop({ products: 1, unitsPerPlace: 5 })
const staff = asStaff()
const at = clock.now()

async function know(name: string, email: string): Promise<string> {
  const [party] = await inTransaction(ctx.db, (tx) =>
    resolveParties(ctx, tx, [{ name, email, phone: null, locale: 'fr', source: 'test' }]),
  )
  const partyId = party?.partyId ?? ''
  const bought = { partyId, kind: 'order', at, id: ctx.ids.next(), channelCode: 'web', valueMinor: 5_000n } as const
  await inTransaction(ctx.db, (tx) => recordInteractions(ctx, tx, [bought]))
  await staff(endpoints.recordConsent, {
    params: { customerId: partyId },
    body: { act: 'granted', medium: 'email', purpose: 'marketing', proof: 'Coupon' },
  })
  await settle()
  return partyId
}
/** Where somebody appears: in segments, in what values are computed from, in exports, and whether the gate lets a contact pass. */
async function whereIs(partyId: string, address: string) {
  const rule: SegmentRule = {
    match: 'all',
    groups: [{ match: 'all', conditions: [{ type: 'did', not: false, what: 'order', atLeast: 1 }] }],
  }
  const everybody = await query<{ party_id: string }>(ctx.db, segmentSql(rule, clock.now()))
  const exported = await readCustomers(ctx.db, { afterId: null, limit: 100 })
  const question = { medium: 'email', purpose: 'marketing', address, at: clock.now() } as const
  const alone = await permissionFor(ctx.config, ctx.db, { ...question, partyId })
  const [together] = await permissionsFor(ctx.config, ctx.db, [
    { ...question, memberIds: await membersOf(ctx.db, partyId) },
  ])
  expect(together?.reason).toBe(alone.reason)
  return {
    segment: everybody.some((row) => row.party_id === partyId),
    values: (await purchasesJson(ctx.db, [partyId])).includes(partyId),
    exported: exported.some(({ id }) => id === partyId),
    gate: alone.reason,
  }
}

test('data that may only be kept are used for nothing, of nobody merged with them either, until a day after they were told', async () => {
  const ana = await know('Ana Bel', 'ana@exemple.fr')
  const bob = await know('Bob Roc', 'bob@exemple.fr')
  const used = { segment: true, values: true, exported: true, gate: 'consented' }
  const kept = { segment: false, values: false, exported: false, gate: 'restricted' }
  expect(await whereIs(ana, 'ana@exemple.fr')).toEqual(used)
  const params = { customerId: ana }
  const given = { reason: 'accuracy', note: 'Conteste son adresse' } as const
  const { restriction } = await staff(endpoints.restrictCustomer, { params, body: given })
  expect(restriction).toMatchObject({ ...given, endsAt: null })
  await staff(endpoints.restrictCustomer, { params, body: given })
  expect(await whereIs(ana, 'ana@exemple.fr')).toEqual(kept)
  expect(
    (await permissionFor(ctx.config, ctx.db, { partyId: ana, medium: 'email', purpose: 'service', at: clock.now() }))
      .allowed,
  ).toBe(true)
  expect(await whereIs(bob, 'bob@exemple.fr')).toEqual(used)
  await staff(endpoints.mergeCustomers, { params: { customerId: bob }, body: { otherId: ana } })
  expect(await whereIs(bob, 'bob@exemple.fr')).toMatchObject({ segment: false, values: false, exported: false })
  await staff(endpoints.unmergeCustomer, { params, body: {} })
  expect(await whereIs(bob, 'bob@exemple.fr')).toEqual(used)
  // As it was said on a past day.
  const before = {
    partyId: ana,
    medium: 'email',
    purpose: 'marketing',
    address: 'ana@exemple.fr',
    at: new Date(at.getTime() - 1),
  } as const
  expect((await permissionFor(ctx.config, ctx.db, before)).reason).not.toBe('restricted')

  const ended = await staff(endpoints.endRestriction, { params, body: { told: 'Adresse corrigée' } })
  expect(ended.restriction?.endsAt).toBe(new Date(clock.now().getTime() + 86_400_000).toISOString())
  const mail = await one<{ recipient: string }>(
    ctx.db,
    sql`select recipient from engagement.message where template = 'rights_restriction'`,
  )
  expect(mail.recipient).toBe('ana@exemple.fr')
  const again = staff(endpoints.endRestriction, { params, body: { told: 'Encore' } })
  await expect(again).rejects.toSatisfy((error: ApiError) => error.problem.code === 'customers.not_restricted')
  await sweepRights.run(ctx, {})
  expect(await whereIs(ana, 'ana@exemple.fr')).toEqual(kept)
  clock.set(new Date(clock.now().getTime() + 86_400_000))
  await sweepRights.run(ctx, {})
  expect(await whereIs(ana, 'ana@exemple.fr')).toEqual(used)
  expect((await staff(endpoints.getRestriction, { params })).restriction).toBeNull()
})

test('the register says what every module does, how long by the rule in force, and what the firm adds; as CSV and PDF too', async () => {
  const modules = activities.flatMap((one) => one.modules)
  expect(modules.toSorted((a, b) => a.localeCompare(b))).toEqual(
    personalParts.map(({ module }) => module).toSorted((a, b) => a.localeCompare(b)),
  )
  const first = await staff(endpoints.getRegister, { query: { locale: 'fr' } })
  expect(first.activities.flatMap(({ tables }) => tables)).toHaveLength(
    personalParts.flatMap((part) => part.tables).length,
  )
  expect(first.missing).toContain('security')
  // Prospects and customers are kept as long: it is said once.
  expect(first.activities[0]?.retention).toContain('l’effacement après 36 mois n’est pas activé')
  await staff(endpoints.putRetention, {
    body: { on: true, months: { prospect: 24, customer: 36 }, noticeDays: 30 },
  })
  const controller = { name: 'Alizé', address: '1 quai de l’Écluse, Nantes', email: 'rgpd@alize.example', phone: '' }
  const saved = await staff(endpoints.putRegister, {
    body: { ...first.content, controller, transfers: 'Aucun', security: 'Chiffrement', recipients: '=Transporteur' },
  })
  expect([saved.version, saved.missing]).toEqual([1, []])
  const key = actAs({
    kind: 'staff',
    accountId: 'r',
    name: 'R',
    email: 'r@alize.example',
    role: 'clerk',
    permissions: new Set(['rights:manage']),
    siteIds: null,
  })
  const get = (path: string) =>
    app.fastify.inject({ method: 'GET', url: urlOf(path, {}, { locale: 'en' }), headers: { [actorHeader]: key } })
  const csv = await get(endpoints.getRegisterCsv.path)
  expect(csv.body.split('\r\n')).toHaveLength(activities.length + 2)
  expect(csv.body).toContain('24 months after the last act of a prospect, 36')
  expect(csv.body).toContain('1 quai de l’Écluse')
  const pdf = await get(endpoints.getRegisterPdf.path)
  expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
})

test('a member gets the link of their wishes in the mailbox of their account; one that leads to nobody gets none', async () => {
  const eve = await know('Ève Lac', 'eve@exemple.fr')
  const signedIn = (email: string) =>
    clientOf(app, { [actorHeader]: actAs({ kind: 'account', accountId: email, email, name: 'Ève' } as never) })
  await signedIn('eve@exemple.fr')(endpoints.askForMyPreferences, { body: { locale: 'fr' } })
  await signedIn('nobody@exemple.fr')(endpoints.askForMyPreferences, { body: { locale: 'fr' } })
  const mails = await query<{ recipient: string; body: string }>(
    ctx.db,
    sql`select recipient, body from engagement.message where template = 'rights_preferences'`,
  )
  expect(mails.map(({ recipient }) => recipient)).toEqual(['eve@exemple.fr'])
  const token = decodeURIComponent(/[?&]token=([\w%-]+)/.exec(mails[0]?.body ?? '')?.[1] ?? '')
  const page = await clientOf(app, {})(endpoints.getPreferences, { query: { token } })
  expect(page.address).toMatch(/^e.*@/)
  expect((await staff(endpoints.getCustomer, { params: { customerId: eve } })).name).toBe('Ève Lac')
})
