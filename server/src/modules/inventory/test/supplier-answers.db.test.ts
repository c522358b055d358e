import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import { createTestShop } from '../../../../test/kit/shop.ts'
import { readUblOrder } from '../../../kernel/ubl/ubl-order.ts'

const { clock, shop, asStaff } = await createTestShop({ products: 3, unitsPerPlace: 0 })
const staff = asStaff()
const warehouse = shop.places['entrepot'] ?? ''
const today = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(clock.now())
const inDays = (days: number): string => new Date(Date.parse(today()) + days * 86_400_000).toISOString().slice(0, 10)
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
  )

async function ordered() {
  const { id } = await staff(endpoints.createSupplierOrder, {
    body: {
      supplierName: 'Cycles Morin',
      placeId: warehouse,
      note: null,
      lines: shop.variantIds
        .slice(0, 3)
        .map((variantId) => ({ variantId, orderedUnits: 10, expectedOn: inDays(5), unitCostMinor: 1_250 })),
    },
  })
  await staff(endpoints.sendSupplierOrder, { params: { supplierOrderId: id }, body: {} })
  return staff(endpoints.getSupplierOrder, { params: { supplierOrderId: id }, query: {} })
}
const answer = (supplierOrderId: string, xml: string) =>
  staff(endpoints.receiveSupplierAnswer, { params: { supplierOrderId }, body: { xml } })
const cbc = 'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
const cac = 'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"'
const ubl = (name: string, inside: string): string =>
  `<?xml version="1.0"?><${name} xmlns="urn:oasis:names:specification:ubl:schema:xsd:${name}-2" ${cbc} ${cac}>${inside}</${name}>`
const response = (number: string, id = 'R-1', code = 'CA') =>
  ubl(
    'OrderResponse',
    `<cbc:ID>${id}</cbc:ID><cbc:IssueDate>${today()}</cbc:IssueDate><cbc:OrderResponseCode>${code}</cbc:OrderResponseCode>
     <cac:OrderReference><cbc:ID>${number}</cbc:ID></cac:OrderReference>
     <cac:OrderLine><cac:LineItem><cbc:ID>1</cbc:ID><cbc:LineStatusCode>5</cbc:LineStatusCode><cbc:Quantity>10</cbc:Quantity>
       <cac:Delivery><cac:PromisedDeliveryPeriod><cbc:EndDate>${inDays(9)}</cbc:EndDate></cac:PromisedDeliveryPeriod></cac:Delivery>
     </cac:LineItem></cac:OrderLine>
     <cac:OrderLine><cac:LineItem><cbc:ID>2</cbc:ID><cbc:LineStatusCode>3</cbc:LineStatusCode><cbc:Quantity>4</cbc:Quantity></cac:LineItem></cac:OrderLine>
     <cac:OrderLine><cac:LineItem><cbc:ID>3</cbc:ID><cbc:LineStatusCode>7</cbc:LineStatusCode></cac:LineItem></cac:OrderLine>
     <cac:OrderLine><cac:LineItem><cbc:ID>9</cbc:ID><cbc:LineStatusCode>5</cbc:LineStatusCode><cbc:Quantity>1</cbc:Quantity></cac:LineItem></cac:OrderLine>`,
  )

test('an order goes out as UBL with both parties, its place and its lines', async () => {
  const order = await ordered()
  const params = { supplierOrderId: order.id }
  await staff(endpoints.putLegalEntity, {
    body: { name: 'Alizé SAS', siret: '732 829 320 00074', vatNumber: 'FR 44 732829320' },
  })
  await staff(endpoints.putSupplier, { params, body: { siren: '552100554' } })
  const document = readUblOrder(String(await staff(endpoints.getSupplierOrderAsUbl, { params })))
  expect(document).toMatchObject({
    id: order.number,
    buyer: { name: 'Alizé SAS', siren: '732829320', siret: '73282932000074', vatNumber: 'FR44732829320' },
    seller: { name: 'Cycles Morin', siren: '552100554' },
    deliveryLocationId: 'entrepot',
  })
  expect(document?.lines.map(({ id, quantity, unitNetMinor }) => [id, quantity, unitNetMinor])).toEqual([
    ['1', '10', 1_250],
    ['2', '10', 1_250],
    ['3', '10', 1_250],
  ])
  expect(document?.lines.map(({ buyersId }) => buyersId)).toEqual(order.lines.map(({ sku }) => sku))
})

test('who sells is named with numbers whose keys are right, and that belong together', async () => {
  const put = (body: object) => codeOf(staff(endpoints.putLegalEntity, { body: { name: 'Alizé SAS', ...body } }))
  expect(await put({ siren: '732829321' })).toBe('kernel.invalid_input')
  expect(await put({ siren: '732829320', vatNumber: 'FR40303265045' })).toBe('kernel.invalid_input')
  expect(await put({ siren: '732829320', siret: '55210055400013' })).toBe('kernel.invalid_input')
  expect(await put({ siren: '732829320', vatNumber: 'FR44732829320' })).toBe('done')
})

test('an order response confirms units and days, which count as what is to come', async () => {
  const order = await ordered()
  const after = await answer(order.id, response(order.number))
  expect(after.lines.map(({ orderedUnits, expectedOn }) => [orderedUnits, expectedOn])).toEqual([
    [10, inDays(9)],
    [4, inDays(5)],
    [10, null],
  ])
  expect(after).toMatchObject({ supplierReference: 'R-1', documents: [{ kind: 'order_response', code: 'CA' }] })
  expect(after.documents[0]?.lines.map(({ outcome }) => outcome)).toEqual(['confirmed', 'fewer', 'refused', 'unknown'])
  const { arrivals } = await staff(endpoints.getAvailability, {
    params: { variantId: order.lines[0]?.variantId ?? '' },
    query: {},
  })
  expect(arrivals.find(({ documentId }) => documentId === order.id)).toMatchObject({ expectedOn: inDays(9), units: 10 })
  // The same document again changes nothing, whatever was changed meanwhile.
  await staff(endpoints.rescheduleSupplierOrder, {
    params: { supplierOrderId: order.id },
    body: { lines: [{ variantId: order.lines[0]?.variantId ?? '', expectedOn: inDays(12) }] },
  })
  const again = await answer(order.id, response(order.number))
  expect(again.lines[0]?.expectedOn).toBe(inDays(12))
  expect(again.documents).toHaveLength(1)
})

test('a despatch advice says on which day what was sent comes', async () => {
  const order = await ordered()
  const [line] = order.lines
  const after = await answer(
    order.id,
    ubl(
      'DespatchAdvice',
      `<cbc:ID>BL-7</cbc:ID><cac:OrderReference><cbc:ID>${order.number}</cbc:ID></cac:OrderReference>
       <cac:Shipment><cbc:ID>1</cbc:ID><cac:Consignment><cbc:ID>6A12345678901</cbc:ID></cac:Consignment><cac:Delivery>
         <cac:EstimatedDeliveryPeriod><cbc:StartDate>${inDays(2)}</cbc:StartDate></cac:EstimatedDeliveryPeriod></cac:Delivery></cac:Shipment>
       <cac:DespatchLine><cbc:ID>1</cbc:ID><cbc:DeliveredQuantity unitCode="C62">10</cbc:DeliveredQuantity>
         <cac:OrderLineReference><cbc:LineID>2</cbc:LineID></cac:OrderLineReference>
         <cac:Item><cac:BuyersItemIdentification><cbc:ID>${line?.sku}</cbc:ID></cac:BuyersItemIdentification></cac:Item></cac:DespatchLine>`,
    ),
  )
  // Our own number of the article says more than the number of the line.
  expect(after.lines.map(({ expectedOn }) => expectedOn)).toEqual([inDays(2), inDays(5), inDays(5)])
  expect(after.documents[0]).toMatchObject({ documentId: 'BL-7', trackingId: '6A12345678901' })
})

test('what is something else, or answers another order, is refused', async () => {
  const order = await ordered()
  expect(await codeOf(answer(order.id, '<a/>'))).toBe('inventory.answer_unreadable')
  expect(await codeOf(answer(order.id, '<!DOCTYPE x [<!ENTITY a "b">]><OrderResponse/>'))).toBe(
    'inventory.answer_unreadable',
  )
  expect(await codeOf(answer(order.id, response('BC-OTHER')))).toBe('inventory.answer_of_other')
  const answers = await Promise.all(Array.from({ length: 4 }, () => codeOf(answer(order.id, response(order.number)))))
  expect(answers).toEqual(['done', 'done', 'done', 'done'])
  expect(
    (await staff(endpoints.getSupplierOrder, { params: { supplierOrderId: order.id }, query: {} })).documents,
  ).toHaveLength(1)
})
