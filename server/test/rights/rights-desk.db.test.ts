import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { ApiError, urlOf } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import sql from 'sql-template-tag'
import { afterAll, expect, test } from 'vitest'
import { inTransaction, one } from '../../src/kernel/db.ts'
import { sendMessagesJob } from '../../src/modules/engagement/jobs/names.ts'
import { startMailServer } from '../../src/modules/engagement/test/mail-server.ts'
import { sweepRights } from '../../src/modules/rights/jobs/do-requests.ts'
import { erasePersonJob, makeArchiveJob } from '../../src/modules/rights/jobs/names.ts'
import { resolveParties } from '../../src/modules/customers/public.ts'
import { createTestShop, webPurchase } from '../kit/shop.ts'

const mail = await startMailServer()
const dataDir = mkdtempSync(join(tmpdir(), 'ecluse-desk-'))
afterAll(async () => {
  await mail.close()
  rmSync(dataDir, { recursive: true, force: true })
})
const { app, clock, ctx, shop, visitor, asStaff, settle } = await createTestShop(
  { products: 2, unitsPerPlace: 20 },
  { config: { smtpUrl: mail.url, mailFrom: 'Alizé <boutique@alize.example>', dataDir } },
)
const staff = asStaff()
const dayMs = 86_400_000

/** Runs the work that requests asked for. */
async function work(): Promise<void> {
  await settle()
  const { rows } = await ctx.db.query<{ task: string; payload: unknown; id: bigint }>(
    `select j.id, t.identifier as task, j.payload from graphile_worker._private_jobs j
     join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = any($1) order by j.id`,
    [[makeArchiveJob.name, erasePersonJob.name, sendMessagesJob.name]],
  )
  for (const { task, payload, id } of rows) {
    await ctx.db.query('delete from graphile_worker._private_jobs where id = $1', [id])
    await app.wiring.jobs.find(({ name }) => name === task)?.run(ctx, payload)
  }
}
const textOf = () => String(mail.received.at(-1)?.parts.find(({ type }) => type.startsWith('text/plain'))?.content)
const tokenIn = (text: string): string => decodeURIComponent(/[?&]token=([\w%-]+)/.exec(text)?.[1] ?? '')
const get = (url: string) => app.fastify.inject({ method: 'GET', url })
async function refusal(asked: Promise<unknown>): Promise<string> {
  const error: unknown = await asked.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return error instanceof ApiError ? error.problem.code : String(error)
}
/** Asks by mailbox and gives the link that came. */
async function askBy(email: string, kind: 'access' | 'erasure'): Promise<string> {
  await visitor(endpoints.askForMyData, { body: { email, kind, locale: 'fr' } })
  await work()
  expect(mail.received.at(-1)?.to.toLowerCase()).toBe(email.toLowerCase())
  return tokenIn(textOf())
}
const buy = (name: string, email: string) =>
  visitor(endpoints.placeOrder, {
    body: webPurchase([{ variantId: shop.variantIds[0] ?? '', quantity: 1 }], { contact: { name, email } }),
  })
const partyOf = async (email: string): Promise<string | undefined> =>
  (await ctx.db.query<{ id: string }>('select id from customers.party where email = $1', [email])).rows[0]?.id

test('whoever reads a mailbox gets what is held under it, once they opened the link; nobody learns whether it is known', async () => {
  await buy('Ana Bel', 'ana@exemple.fr')
  await settle()
  const known = await app.fastify.inject({
    method: 'POST',
    url: '/api/v1/rights/links',
    payload: { kind: 'access', email: 'Ana@exemple.fr', locale: 'fr' },
  })
  const unknown = await app.fastify.inject({
    method: 'POST',
    url: '/api/v1/rights/links',
    payload: { kind: 'access', email: 'zoe@exemple.fr', locale: 'fr' },
  })
  expect([known.statusCode, known.body]).toEqual([unknown.statusCode, unknown.body])
  const token = await askBy('ana@exemple.fr', 'access')
  const archive = urlOf(endpoints.getMyArchive.path, {}, { token })
  expect((await visitor(endpoints.getMyRequest, { query: { token } })).state).toBe('to_confirm')
  expect((await get(archive)).json().code).toBe('rights.archive_gone')
  await visitor(endpoints.confirmMyRequest, { query: { token } })
  await visitor(endpoints.confirmMyRequest, { query: { token } })
  await work()
  expect(await visitor(endpoints.getMyRequest, { query: { token } })).toMatchObject({ state: 'done', progress: 100 })
  const answer = await get(archive)
  expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="D-/)
  const files = unzipSync(answer.rawPayload)
  const page = Buffer.from(files['mes-donnees.fr.html'] ?? []).toString('utf8')
  expect(page).toContain('Ana Bel')
  expect(page).toContain('3 rue des Lilas')
  expect(Object.keys(files)).toEqual(
    expect.arrayContaining(['json/orders.sales_order.json', 'csv/customers.interaction.csv']),
  )
  const id =
    (await ctx.db.query<{ request_id: string }>('select request_id from rights.archive')).rows[0]?.request_id ?? ''
  expect((await staff(endpoints.getRightsRequest, { params: { requestId: id } })).archive).toMatchObject({
    downloads: 1,
  })

  clock.advance(8 * dayMs)
  expect((await get(archive)).json().code).toBe('rights.archive_gone')
  await sweepRights.run(ctx, {})
  expect((await staff(endpoints.getRightsRequest, { params: { requestId: id } })).archive?.removed).toBe(true)
  // Nothing is kept of whoever did not confirm.
  expect(
    await one<{ n: number }>(ctx.db, sql`select count(*)::int as n from rights.request where state = 'to_confirm'`),
  ).toEqual({ n: 0 })
})

test('a link that was changed opens nothing, and trying many is stopped', async () => {
  const token = await askBy('ana@exemple.fr', 'access')
  const wrong = `${token.slice(0, -6)}AAAAAA`
  expect(await refusal(visitor(endpoints.getMyRequest, { query: { token: wrong } }))).toBe('rights.link_invalid')
  let last = ''
  for (let n = 0; n < 60 && last !== 'kernel.too_many_requests'; n++)
    last = await refusal(visitor(endpoints.confirmMyRequest, { query: { token: wrong } }))
  expect(last).toBe('kernel.too_many_requests')
  clock.advance(20 * 60_000)
})

test('an erasure waits while an order is open, and is made once it is over; the order says nobody’s name', async () => {
  const placed = await buy('Bob Roc', 'bob@exemple.fr')
  await settle()
  const partyId = (await partyOf('bob@exemple.fr')) ?? ''
  const token = await askBy('bob@exemple.fr', 'erasure')
  await visitor(endpoints.confirmMyRequest, { query: { token } })
  await work()
  expect(await visitor(endpoints.getMyRequest, { query: { token } })).toMatchObject({
    state: 'postponed',
    obstacles: ['order_open'],
  })
  expect(await partyOf('bob@exemple.fr')).toBe(partyId)
  await ctx.db.query(`update orders.order_line set fulfilled_quantity = quantity where order_id = $1`, [placed.orderId])
  await ctx.db.query(`update fulfillment.fulfillment set state = 'shipped' where order_id = $1`, [placed.orderId])
  await sweepRights.run(ctx, {})
  await work()
  expect(await visitor(endpoints.getMyRequest, { query: { token } })).toMatchObject({
    obstacles: [],
    state: 'done',
    certificate: true,
  })
  expect(await refusal(staff(endpoints.getCustomer, { params: { customerId: partyId } }))).toBe('customers.not_found')
  const order = await staff(endpoints.getOrder, { params: { orderId: placed.orderId }, query: {} })
  expect(JSON.stringify(order)).not.toMatch(/Bob Roc|bob@exemple|Lilas/)
  const pdf = await get(urlOf(endpoints.getMyCertificate.path, {}, { token }))
  expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
  const { items } = await staff(endpoints.getLegalRecords, { query: { reference: order.number } })
  expect(items.map(({ law, content }) => [law, content['name']])[0]).toEqual(['accounting', 'Bob Roc'])
  expect(items.every(({ keptUntil }) => keptUntil >= '2036')).toBe(true)
  expect((await staff(endpoints.verifyCertificates)).intact).toBe(true)
  expect(
    await refusal(asStaff(['orders:read'])(endpoints.getLegalRecords, { query: { reference: order.number } })),
  ).toBe('access.forbidden')
})

test('the team does for others what they ask by letter: identified first, within a month or three, with an answer', async () => {
  const [party] = await inTransaction(ctx.db, (tx) =>
    resolveParties(ctx, tx, [{ name: 'Clé Vif', email: 'cle@exemple.fr', phone: null, locale: 'fr', source: 'test' }]),
  )
  const customerId = party?.partyId ?? ''
  const opened = await staff(endpoints.openRightsRequest, {
    body: { customerId, kind: 'access', reason: 'Lettre du 3 mars' },
  })
  const params = { requestId: opened.id }
  const act = (body: Parameters<typeof endpoints.actOnRightsRequest.body.parse>[0]) =>
    staff(endpoints.actOnRightsRequest, { params, body: body as never })
  const received = new Date(opened.receivedAt)
  expect(new Date(opened.dueAt).getTime() - received.getTime()).toBeGreaterThan(27 * dayMs)
  expect(await refusal(act({ act: 'start' }))).toBe('rights.not_identified')
  await act({ act: 'identify', identity: 'document' })
  const longer = await act({ act: 'extend', reason: 'Beaucoup de demandes' })
  expect(new Date(longer.dueAt).getTime() - received.getTime()).toBeGreaterThan(88 * dayMs)
  expect(await refusal(act({ act: 'extend', reason: 'Encore' }))).toBe('rights.extended_already')
  expect((await act({ act: 'start' })).state).toBe('working')
  expect(await refusal(act({ act: 'start' }))).toBe('rights.under_way')
  await work()
  const done = await staff(endpoints.getRightsRequest, { params })
  expect(done).toMatchObject({ state: 'done', identity: 'document' })
  const answer = await app.fastify.inject({ method: 'GET', url: `/api/v1/rights/requests/${opened.id}/archive` })
  expect(answer.json().code).toBe('access.not_signed_in')
  await act({ act: 'send' })
  await work()
  const token = tokenIn(textOf())
  expect((await get(urlOf(endpoints.getMyArchive.path, {}, { token }))).statusCode).toBe(200)
  const objection = await staff(endpoints.openRightsRequest, {
    body: { customerId, kind: 'opposition', reason: 'Au téléphone' },
  })
  const closed = await staff(endpoints.actOnRightsRequest, {
    params: { requestId: objection.id },
    body: { act: 'close', outcome: 'done', answer: 'Noté dans ses consentements' },
  })
  expect(closed).toMatchObject({ state: 'done', answer: 'Noté dans ses consentements' })
  const { items, open, late } = await staff(endpoints.listRightsRequests, { query: { state: 'closed' } })
  expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining([opened.id, objection.id]))
  expect([open, late]).toEqual([0, 0])
})
