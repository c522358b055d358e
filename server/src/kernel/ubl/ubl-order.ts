import { elements, group, leaf, readXml, textAt, type Written, type XmlNode } from './xml.ts'

const orderNamespace = 'urn:oasis:names:specification:ubl:schema:xsd:Order-2'
const responseNamespace = 'urn:oasis:names:specification:ubl:schema:xsd:OrderResponse-2'
const common = 'urn:oasis:names:specification:ubl:schema:xsd'
const orderingProfile = 'urn:fdc:peppol.eu:poacc:bis:ordering:3'

/** A party of a document. Identifiers are without spaces. */
export type UblParty = {
  readonly name: string
  readonly siren: string | null
  readonly siret: string | null
  readonly vatNumber: string | null
}

export type UblAddress = {
  readonly street: string
  readonly street2: string | null
  readonly locality: string
  readonly postalCode: string
  readonly country: string
}

export type UblLine = {
  readonly id: string
  readonly name: string
  readonly gtin: string | null
  readonly sellersId: string | null
  readonly buyersId: string | null
  /** As it is written: it may be no number of units. */
  readonly quantity: string
  readonly unitCode: string
  /** Without VAT, in minor units for one unit; null when none is named. */
  readonly unitNetMinor: number | null
}

/** A UBL Order as far as Peppol BIS Ordering 3 goes and we read it. */
export type UblDocument = {
  readonly id: string
  readonly issueDate: string
  readonly currency: string
  readonly buyerReference: string | null
  /** Whom the buyer’s books charge. */
  readonly accountingCost: string | null
  readonly note: string | null
  readonly buyer: UblParty
  readonly seller: UblParty
  /** GLN, SIRET or the buyer's own code of where it goes. */
  readonly deliveryLocationId: string | null
  readonly deliveryAddress: UblAddress | null
  readonly lines: readonly UblLine[]
}

/** Units that are pieces (UN/ECE Recommendation 20). */
const pieces = new Set(['C62', 'EA', 'H87', 'NAR', 'PCE', 'ST', 'XPP', 'XPK', ''])

/** How many units a line asks for; null when that is no whole number of pieces. */
export function unitsOf({ quantity, unitCode }: Pick<UblLine, 'quantity' | 'unitCode'>): number | null {
  const [, whole] = /^(\d{1,7})(?:\.0+)?$/.exec(quantity) ?? []
  const units = Number(whole)
  return whole !== undefined && pieces.has(unitCode) && units >= 1 && units <= 9_999 ? units : null
}

/** Reads a UBL 2.1 Order; null when the text is none. */
export function readUblOrder(xml: string): UblDocument | null {
  const read = readXml(xml)
  if (read?.name !== 'Order' || !xml.includes(orderNamespace)) return null
  const { root } = read
  const id = textAt(root, 'ID')
  const lines = elements(root, 'OrderLine', 'LineItem').map(lineOf)
  if (id === null || lines.length === 0) return null
  const [address] = elements(root, 'Delivery', 'DeliveryLocation', 'Address')
  return {
    id: id.slice(0, 100),
    issueDate: textAt(root, 'IssueDate') ?? '',
    currency: textAt(root, 'DocumentCurrencyCode') ?? 'EUR',
    buyerReference: textAt(root, 'CustomerReference')?.slice(0, 100) ?? null,
    accountingCost: textAt(root, 'AccountingCost')?.slice(0, 100) ?? null,
    note: textAt(root, 'Note'),
    buyer: partyOf(elements(root, 'BuyerCustomerParty', 'Party')[0]),
    seller: partyOf(elements(root, 'SellerSupplierParty', 'Party')[0]),
    deliveryLocationId: textAt(root, 'Delivery', 'DeliveryLocation', 'ID'),
    deliveryAddress: address ? addressOf(address) : null,
    lines,
  }
}

const compact = (text: string | null): string | null => text?.replace(/\s/g, '').toUpperCase() ?? null

function partyOf(party: XmlNode | undefined): UblParty {
  const ids = [
    ...elements(party, 'PartyIdentification', 'ID'),
    ...elements(party, 'PartyLegalEntity', 'CompanyID'),
    ...elements(party, 'EndpointID'),
  ].map((node) => compact(textAt(node) ?? textOf(node)) ?? '')
  return {
    name: textAt(party, 'PartyLegalEntity', 'RegistrationName') ?? textAt(party, 'PartyName', 'Name') ?? '',
    siret: ids.find((id) => /^\d{14}$/.test(id)) ?? null,
    siren: ids.find((id) => /^\d{9}$/.test(id)) ?? null,
    vatNumber: compact(textAt(party, 'PartyTaxScheme', 'CompanyID')),
  }
}

function textOf(node: XmlNode): string | null {
  const text = node['#text']
  return typeof text === 'string' ? text : null
}

function addressOf(address: XmlNode): UblAddress {
  return {
    street: textAt(address, 'StreetName') ?? '',
    street2: textAt(address, 'AdditionalStreetName'),
    locality: textAt(address, 'CityName') ?? '',
    postalCode: textAt(address, 'PostalZone') ?? '',
    country: textAt(address, 'Country', 'IdentificationCode') ?? 'FR',
  }
}

function lineOf(line: XmlNode, index: number): UblLine {
  const [quantity] = elements(line, 'Quantity')
  const base = Number(textAt(line, 'Price', 'BaseQuantity') ?? '1')
  const price = textAt(line, 'Price', 'PriceAmount')
  const minor = price === null ? NaN : Math.round((Number(price) * 100) / (base > 0 ? base : 1))
  const unitCode = quantity?.['@unitCode']
  return {
    id: textAt(line, 'ID') ?? String(index + 1),
    name: (textAt(line, 'Item', 'Name') ?? '').slice(0, 200),
    gtin: compact(textAt(line, 'Item', 'StandardItemIdentification', 'ID')),
    sellersId: textAt(line, 'Item', 'SellersItemIdentification', 'ID'),
    buyersId: textAt(line, 'Item', 'BuyersItemIdentification', 'ID'),
    quantity: (quantity && textOf(quantity)) ?? '',
    unitCode: typeof unitCode === 'string' ? unitCode : '',
    unitNetMinor: Number.isSafeInteger(minor) && minor >= 0 ? minor : null,
  }
}

/** Writes a UBL 2.1 Order, its elements in the order of its schema. */
export function writeUblOrder(order: UblDocument): string {
  return documentOf('Order', orderNamespace, [
    leaf('cbc:CustomizationID', 'urn:fdc:peppol.eu:poacc:trns:order:3'),
    leaf('cbc:ProfileID', orderingProfile),
    leaf('cbc:ID', order.id),
    leaf('cbc:IssueDate', order.issueDate),
    leaf('cbc:OrderTypeCode', '220'),
    leaf('cbc:Note', order.note),
    leaf('cbc:DocumentCurrencyCode', order.currency),
    leaf('cbc:CustomerReference', order.buyerReference),
    leaf('cbc:AccountingCost', order.accountingCost),
    group('cac:BuyerCustomerParty', [partyElement(order.buyer)]),
    group('cac:SellerSupplierParty', [partyElement(order.seller)]),
    group('cac:Delivery', [
      group('cac:DeliveryLocation', [
        leaf('cbc:ID', order.deliveryLocationId),
        order.deliveryAddress &&
          group('cac:Address', [
            leaf('cbc:StreetName', order.deliveryAddress.street),
            leaf('cbc:AdditionalStreetName', order.deliveryAddress.street2),
            leaf('cbc:CityName', order.deliveryAddress.locality),
            leaf('cbc:PostalZone', order.deliveryAddress.postalCode),
            group('cac:Country', [leaf('cbc:IdentificationCode', order.deliveryAddress.country)]),
          ]),
      ]),
    ]),
    ...order.lines.map((line) => group('cac:OrderLine', [lineElement(line, order.currency)])),
  ])
}

function partyElement({ name, siren, siret, vatNumber }: UblParty): Written {
  return group('cac:Party', [
    siret === null ? null : leaf('cbc:EndpointID', siret, { schemeID: '0009' }),
    siret === null ? null : group('cac:PartyIdentification', [leaf('cbc:ID', siret, { schemeID: '0009' })]),
    group('cac:PartyName', [leaf('cbc:Name', name)]),
    vatNumber === null
      ? null
      : group('cac:PartyTaxScheme', [
          leaf('cbc:CompanyID', vatNumber),
          group('cac:TaxScheme', [leaf('cbc:ID', 'VAT')]),
        ]),
    group('cac:PartyLegalEntity', [
      leaf('cbc:RegistrationName', name),
      siren === null ? null : leaf('cbc:CompanyID', siren, { schemeID: '0002' }),
    ]),
  ])
}

const decimal = (minor: number): string => (minor / 100).toFixed(2)

function lineElement(line: UblLine, currency: string): Written {
  const units = Number(line.quantity)
  const total = line.unitNetMinor === null || !Number.isFinite(units) ? null : decimal(line.unitNetMinor * units)
  const money = { currencyID: currency }
  return group('cac:LineItem', [
    leaf('cbc:ID', line.id),
    leaf('cbc:Quantity', line.quantity, { unitCode: line.unitCode || 'C62' }),
    leaf('cbc:LineExtensionAmount', total, money),
    line.unitNetMinor === null
      ? null
      : group('cac:Price', [leaf('cbc:PriceAmount', decimal(line.unitNetMinor), money)]),
    group('cac:Item', [
      leaf('cbc:Name', line.name),
      group('cac:BuyersItemIdentification', [leaf('cbc:ID', line.buyersId)]),
      group('cac:SellersItemIdentification', [leaf('cbc:ID', line.sellersId)]),
      group('cac:StandardItemIdentification', [leaf('cbc:ID', line.gtin, { schemeID: '0160' })]),
    ]),
  ])
}

/** Answers to an order (UNCL 4343): acknowledged, accepted, accepted with changes, refused. */
export type ResponseCode = 'AB' | 'AP' | 'CA' | 'RE'
/** Answers to a line (UNCL 1229, of Peppol): accepted, changed, not accepted. */
export type LineStatus = '5' | '3' | '7'

/** Writes a UBL 2.1 OrderResponse to an order. */
export function writeOrderResponse(response: {
  readonly id: string
  readonly issueDate: string
  readonly code: ResponseCode
  readonly order: UblDocument
  readonly lines: readonly {
    readonly line: UblLine
    readonly status: LineStatus
    /** Units promised. */
    readonly quantity: number
    readonly unitNetMinor: number | null
  }[]
}): string {
  const { order } = response
  return documentOf('OrderResponse', responseNamespace, [
    leaf('cbc:CustomizationID', 'urn:fdc:peppol.eu:poacc:trns:order_response:3'),
    leaf('cbc:ProfileID', orderingProfile),
    leaf('cbc:ID', response.id),
    leaf('cbc:IssueDate', response.issueDate),
    leaf('cbc:OrderResponseCode', response.code),
    leaf('cbc:DocumentCurrencyCode', order.currency),
    leaf('cbc:CustomerReference', order.buyerReference),
    group('cac:OrderReference', [leaf('cbc:ID', order.id)]),
    group('cac:SellerSupplierParty', [partyElement(order.seller)]),
    group('cac:BuyerCustomerParty', [partyElement(order.buyer)]),
    ...(response.code === 'AB' ? [] : response.lines).map(({ line, status, quantity, unitNetMinor }) =>
      group('cac:OrderLine', [
        group('cac:LineItem', [
          leaf('cbc:ID', line.id),
          leaf('cbc:LineStatusCode', status),
          leaf('cbc:Quantity', String(quantity), { unitCode: 'C62' }),
          unitNetMinor === null
            ? null
            : group('cac:Price', [leaf('cbc:PriceAmount', decimal(unitNetMinor), { currencyID: order.currency })]),
          group('cac:Item', [
            leaf('cbc:Name', line.name || line.id),
            group('cac:SellersItemIdentification', [leaf('cbc:ID', line.sellersId)]),
          ]),
        ]),
        group('cac:OrderLineReference', [leaf('cbc:LineID', line.id)]),
      ]),
    ),
  ])
}

function documentOf(name: string, namespace: string, children: readonly Written[]): string {
  const inside = children.filter((child): child is string => child !== null).join('')
  const spaces = `xmlns="${namespace}" xmlns:cac="${common}:CommonAggregateComponents-2" xmlns:cbc="${common}:CommonBasicComponents-2"`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name} ${spaces}>${inside}</${name}>\n`
}

/** The name in the address mails are sent from: who a party is until somebody says better. */
export function nameOfSender(mailFrom: string): string {
  return /^\s*"?([^"<]*?)"?\s*</.exec(mailFrom)?.[1] || mailFrom
}
