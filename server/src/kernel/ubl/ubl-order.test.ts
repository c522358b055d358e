import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readUblOrder, unitsOf, writeOrderResponse, writeUblOrder, type UblDocument } from './ubl-order.ts'
import { readXml } from './xml.ts'

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map((text) => {
  const said = text
    .toWellFormed()
    .replace(/[\u0000-\u001f\ufffe\uffff]/g, '')
    .trim()
  return said === '' ? 'x' : said
})
const perhaps = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))
const party = fc.record({
  name: words,
  siren: perhaps(digits(9)),
  siret: perhaps(digits(14)),
  vatNumber: perhaps(digits(9).map((siren) => `FR00${siren}`)),
})
const line = fc.record({
  id: words,
  name: words,
  gtin: perhaps(digits(13)),
  sellersId: perhaps(words),
  buyersId: perhaps(words),
  quantity: fc.integer({ min: 1, max: 9_999 }).map(String),
  unitCode: fc.constantFrom('C62', 'EA', 'KGM'),
  unitNetMinor: perhaps(fc.integer({ min: 0, max: 10_000_000 })),
})
const documents: fc.Arbitrary<UblDocument> = fc.record({
  id: words,
  issueDate: fc.constant('2026-11-22'),
  currency: fc.constant('EUR'),
  buyerReference: perhaps(words),
  accountingCost: perhaps(words),
  note: perhaps(words),
  buyer: party,
  seller: party,
  deliveryLocationId: perhaps(words),
  deliveryAddress: perhaps(
    fc.record({
      street: words,
      street2: perhaps(words),
      locality: words,
      postalCode: digits(5),
      country: fc.constantFrom('FR', 'BE'),
    }),
  ),
  lines: fc.array(line, { minLength: 1, maxLength: 8 }),
})

describe('a UBL Order', () => {
  test('that is written is read again as it was', () => {
    fc.assert(
      fc.property(documents, (order) => {
        expect(readUblOrder(writeUblOrder(order))).toEqual(order)
      }),
    )
  })

  // The schemas themselves (XSD) are not at hand here: what is held is the order of elements they ask for.
  test('has its elements in the order of the schema', () => {
    const sequence = [
      'CustomizationID',
      'ProfileID',
      'ID',
      'IssueDate',
      'OrderTypeCode',
      'Note',
      'DocumentCurrencyCode',
      'CustomerReference',
      'AccountingCost',
      'BuyerCustomerParty',
      'SellerSupplierParty',
      'Delivery',
      'OrderLine',
    ]
    fc.assert(
      fc.property(documents, (order) => {
        const names = Object.keys(readXml(writeUblOrder(order))?.root ?? {}).filter((name) => /^[A-Z]/.test(name))
        expect(names).toEqual(sequence.filter((name) => names.includes(name)))
      }),
    )
  })

  test('with any prefixes, a price for several units, and units that are no pieces', () => {
    const order = readUblOrder(`<?xml version="1.0"?>
      <o:Order xmlns:o="urn:oasis:names:specification:ubl:schema:xsd:Order-2" xmlns:b="urn:b" xmlns:a="urn:a">
        <b:ID> BC &amp; 1 </b:ID><b:IssueDate>2026-11-22</b:IssueDate>
        <a:OrderLine><a:LineItem><b:ID>1</b:ID><b:Quantity unitCode="C62">10.0</b:Quantity>
          <a:Price><b:PriceAmount currencyID="EUR">250.00</b:PriceAmount><b:BaseQuantity>100</b:BaseQuantity></a:Price>
          <a:Item><b:Name>Vis</b:Name></a:Item></a:LineItem></a:OrderLine>
        <a:OrderLine><a:LineItem><b:ID>2</b:ID><b:Quantity unitCode="KGM">3</b:Quantity></a:LineItem></a:OrderLine>
      </o:Order>`)
    expect(order).toMatchObject({ id: 'BC & 1', lines: [{ unitNetMinor: 250 }, { unitCode: 'KGM' }] })
    expect(order?.lines.map(unitsOf)).toEqual([10, null])
  })

  test('is refused when it declares entities, is something else, or is not well formed', () => {
    const [sample] = fc.sample(documents, 1)
    const good = writeUblOrder(sample as UblDocument)
    const declared = (inside: string) => good.replace('<Order ', `<!DOCTYPE Order [${inside}]><Order `)
    const bombs = [
      declared('<!ENTITY x SYSTEM "file:///etc/passwd">'),
      declared('<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">'),
      good.replaceAll('Order-2', 'Invoice-2'),
      good.slice(0, -10),
      '<a/>',
      '',
      'no xml',
    ]
    for (const bomb of bombs) expect(readUblOrder(bomb)).toBe(null)
  })

  test('nothing that is sent breaks the reader', () => {
    fc.assert(
      fc.property(documents, fc.nat(), fc.string({ maxLength: 20 }), (order, at, noise) => {
        const xml = writeUblOrder(order)
        const place = at % xml.length
        readUblOrder(xml.slice(0, place) + noise + xml.slice(place))
      }),
    )
  })
})

test('an OrderResponse names the order and what becomes of each line', () => {
  const [order] = fc.sample(documents, 1) as [UblDocument]
  const xml = writeOrderResponse({
    id: 'R-1',
    issueDate: '2026-11-22',
    code: 'CA',
    order,
    lines: order.lines.map((one) => ({ line: one, status: '7', quantity: 0, unitNetMinor: null })),
  })
  const names = Object.keys(readXml(xml)?.root ?? {}).filter((name) => /^[A-Z]/.test(name))
  const sequence = [
    'CustomizationID',
    'ProfileID',
    'ID',
    'IssueDate',
    'OrderResponseCode',
    'DocumentCurrencyCode',
    'CustomerReference',
    'OrderReference',
    'SellerSupplierParty',
    'BuyerCustomerParty',
    'OrderLine',
  ]
  expect(names).toEqual(sequence.filter((name) => names.includes(name)))
  expect(xml).toContain('<cbc:OrderResponseCode>CA</cbc:OrderResponseCode>')
})
