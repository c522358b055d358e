import { endpoints } from '@ecluse/contracts/endpoints.ts'
import sql from 'sql-template-tag'
import { beforeEach, expect, test } from 'vitest'
import { one } from '../../../kernel/db.ts'
import { readUblOrder, writeUblOrder, type UblDocument, type UblLine } from '../../../kernel/ubl/ubl-order.ts'
import { createCompanyShop, orderIdOf } from './company-shop.ts'

const world = await createCompanyShop()
const { app, ctx, at, staff, actAs, member, newCompany, variantId, address } = world
const { sku } = await one<{ sku: string }>(ctx.db, sql`select sku from catalog.variant where id = ${variantId}`)

const staffKey = actAs({
  kind: 'staff',
  accountId: 'staff-ubl',
  email: 'staff@alize.example',
  name: 'Staff',
  role: 'clerk',
  permissions: new Set(['orders:read']),
  siteIds: null,
})

beforeEach(newCompany)

const line: UblLine = {
  id: '10',
  name: 'Article',
  gtin: null,
  sellersId: sku,
  buyersId: 'A-1',
  quantity: '3',
  unitCode: 'C62',
  unitNetMinor: null,
}
const document: UblDocument = {
  id: 'BC-2026-77',
  issueDate: '2026-03-02',
  currency: 'EUR',
  buyerReference: 'ACHATS',
  accountingCost: 'CC-12',
  note: null,
  buyer: { name: 'Vélolib', siren: null, siret: null, vatNumber: null },
  seller: { name: 'Alizé', siren: null, siret: null, vatNumber: null },
  deliveryLocationId: null,
  deliveryAddress: { ...address, street2: null, country: 'FR' },
  lines: [line],
}
const receive = (changes: Partial<UblDocument> = {}, xml = writeUblOrder({ ...document, ...changes })) =>
  staff(endpoints.receiveUblOrder, { params: { companyId: at.companyId }, body: { channel: 'web', xml } })
const confirm = (ublOrderId: string, acceptChanges = false) =>
  staff(endpoints.confirmUblOrder, {
    params: { companyId: at.companyId, ublOrderId },
    body: { companySiteId: at.siteId, acceptChanges },
  })
test('an Order is received once, matched, confirmed once, and answered', async () => {
  const received = await receive()
  expect(received).toMatchObject({
    documentId: 'BC-2026-77',
    companySiteId: at.siteId,
    problems: [],
    lines: [{ problem: null }],
  })
  expect((await receive()).id).toBe(received.id)
  const answers = await Promise.allSettled([confirm(received.id), confirm(received.id), confirm(received.id)])
  const orderIds = new Set(answers.flatMap((one) => (one.status === 'fulfilled' ? [orderIdOf(one.value)] : [])))
  expect(orderIds.size).toBe(1)
  const [orderId = ''] = orderIds
  const order = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
  expect(order.company).toMatchObject({ purchaseReference: 'BC-2026-77', buyerReference: 'ACHATS' })
  expect(order.lines).toMatchObject([{ sku, quantity: 3 }])
  await expect(confirm(received.id)).rejects.toMatchObject({ problem: { code: 'orders.ubl_ordered' } })
})

test('lines that match nothing are told, and left out only when said so', async () => {
  const strange = { ...line, id: '20', sellersId: 'INCONNU' }
  const kilos = { ...line, id: '30', unitCode: 'KGM' }
  const dear = { ...line, id: '40', unitNetMinor: 1 }
  const received = await receive({
    lines: [line, strange, kilos, dear],
    deliveryAddress: null,
    deliveryLocationId: 'Ailleurs',
  })
  expect(received.lines.map(({ problem, priceDiffers }) => [problem, priceDiffers])).toEqual([
    [null, false],
    ['unknown', false],
    ['no_quantity', false],
    [null, true],
  ])
  expect(received.problems).toEqual(['no_site'])
  await expect(confirm(received.id)).rejects.toMatchObject({ problem: { code: 'orders.ubl_changed' } })
  const placed = await confirm(received.id, true)
  expect(placed).toHaveProperty('orderId')
  const order = await staff(endpoints.getOrder, { params: { orderId: orderIdOf(placed) }, query: {} })
  expect(order.lines).toMatchObject([{ quantity: 6 }])
})

test('our order as UBL is read again as what was ordered', async () => {
  const received = await receive()
  const placed = await confirm(received.id)
  const url = `/api/v1/companies/${at.companyId}/orders/${orderIdOf(placed)}/ubl`
  const { client } = await member('buyer')
  const hidden = client(endpoints.getOrderAsUbl, { params: { companyId: at.companyId, orderId: orderIdOf(placed) } })
  await expect(hidden).rejects.toMatchObject({ problem: { code: 'orders.not_found' } })
  const answer = await app.fastify.inject({ url, headers: { 'x-test-actor': staffKey } })
  expect(answer.headers['content-type']).toContain('application/xml')
  const read = readUblOrder(answer.body)
  expect(read).toMatchObject({ id: 'BC-2026-77', buyerReference: 'ACHATS', lines: [{ sellersId: sku, quantity: '3' }] })
  const response = await app.fastify.inject({
    url: `/api/v1/companies/${at.companyId}/ubl-orders/${received.id}/response`,
    headers: { 'x-test-actor': staffKey },
  })
  expect(response.body).toContain('<cbc:OrderResponseCode>AP</cbc:OrderResponseCode>')
  expect(response.body).toContain('<cbc:LineStatusCode>5</cbc:LineStatusCode>')
})

test('what is no Order, or of another company, goes nowhere', async () => {
  await expect(receive({}, '<a/>')).rejects.toMatchObject({ problem: { code: 'orders.ubl_unreadable' } })
  const bomb = writeUblOrder(document).replace('<Order ', '<!DOCTYPE Order [<!ENTITY a "b">]><Order ')
  await expect(receive({}, bomb)).rejects.toMatchObject({ problem: { code: 'orders.ubl_unreadable' } })
  const received = await receive()
  await newCompany()
  await expect(confirm(received.id)).rejects.toMatchObject({ problem: { code: 'orders.ubl_not_found' } })
})
