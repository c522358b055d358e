import { lotsSchema, type LotUnits } from '@ecluse/contracts/lots.ts'
import { elements, readXml, textAt, type XmlNode } from './xml.ts'

/** What a supplier says of one line of an order. */
export type AnsweredLine = {
  /** Our number of the line; null when it names none. */
  readonly lineId: string | null
  readonly gtin: string | null
  readonly sellersId: string | null
  readonly buyersId: string | null
  /** Units promised or sent; null when it says nothing of them. */
  readonly units: number | null
  /** Of an OrderResponse, UNCL 1229: 5 accepted, 3 changed, 7 not accepted; null when it says nothing. */
  readonly status: string | null
  /** The day its goods come, `YYYY-MM-DD`. */
  readonly comesOn: string | null
  /** In the supplier's own words: why it is refused or changed, or why fewer were sent. */
  readonly note: string | null
  /** Of a DespatchAdvice: the serial numbers or the lot of what was sent; none when it names none, or does not say how many of each. */
  readonly lots: readonly LotUnits[]
}

/** A UBL 2.1 OrderResponse or DespatchAdvice, as far as Peppol BIS goes and we read it. */
export type UblAnswer = {
  readonly kind: 'order_response' | 'despatch_advice'
  readonly id: string
  readonly issueDate: string | null
  /** Our number of the order. */
  readonly orderId: string | null
  /** Of an OrderResponse, UNCL 4343: AB acknowledged, AP accepted, CA with changes, RE refused. */
  readonly code: string | null
  /** When it names one day for all. */
  readonly comesOn: string | null
  readonly trackingId: string | null
  /** Who carries it, when it says so. */
  readonly carrier: string | null
  /** What the supplier writes of the whole, as why it refuses. */
  readonly note: string | null
  readonly lines: readonly AnsweredLine[]
}

const names = {
  OrderResponse: { kind: 'order_response', namespace: 'urn:oasis:names:specification:ubl:schema:xsd:OrderResponse-2' },
  DespatchAdvice: {
    kind: 'despatch_advice',
    namespace: 'urn:oasis:names:specification:ubl:schema:xsd:DespatchAdvice-2',
  },
} as const

/** Reads what a supplier answers to an order; null when the text is neither of the two. */
export function readUblAnswer(xml: string): UblAnswer | null {
  const read = readXml(xml)
  if (read?.name !== 'OrderResponse' && read?.name !== 'DespatchAdvice') return null
  const { kind, namespace } = names[read.name]
  const { root } = read
  const id = textAt(root, 'ID')
  if (id === null || !xml.includes(namespace)) return null
  const response = kind === 'order_response'
  const [shipment] = elements(root, 'Shipment')
  return {
    kind,
    id: id.slice(0, 100),
    issueDate: dayAt(root, 'IssueDate'),
    orderId: textAt(root, 'OrderReference', 'ID'),
    code: response ? textAt(root, 'OrderResponseCode') : null,
    comesOn: response
      ? dayOfPeriod(elements(root, 'Delivery', 'PromisedDeliveryPeriod')[0])
      : dayOfPeriod(elements(shipment, 'Delivery', 'EstimatedDeliveryPeriod')[0]),
    trackingId: trackingOf(shipment)?.slice(0, 100) ?? null,
    carrier: carrierOf(shipment)?.slice(0, 60) ?? null,
    note: noteOf(root),
    lines: response ? elements(root, 'OrderLine').map(responseLine) : elements(root, 'DespatchLine').map(despatchLine),
  }
}

function trackingOf(shipment: XmlNode | undefined): string | null {
  return (
    textAt(shipment, 'Delivery', 'TrackingID') ??
    textAt(shipment, 'Consignment', 'ID') ??
    textAt(shipment, 'TransportHandlingUnit', 'ID')
  )
}

function carrierOf(shipment: XmlNode | undefined): string | null {
  const [consignment] = elements(shipment, 'Consignment')
  return (
    textAt(consignment, 'CarrierParty', 'PartyName', 'Name') ??
    textAt(elements(shipment, 'Delivery')[0], 'CarrierParty', 'PartyName', 'Name')
  )
}

function responseLine(line: XmlNode): AnsweredLine {
  const [item] = elements(line, 'LineItem')
  return {
    lineId: textAt(line, 'OrderLineReference', 'LineID') ?? textAt(item, 'ID'),
    ...articleOf(elements(item, 'Item')[0]),
    units: unitsAt(item, 'Quantity'),
    status: textAt(item, 'LineStatusCode'),
    comesOn: dayOfPeriod(elements(item, 'Delivery', 'PromisedDeliveryPeriod')[0]),
    note: noteOf(line) ?? noteOf(item),
    lots: [],
  }
}

function despatchLine(line: XmlNode): AnsweredLine {
  const [item] = elements(line, 'Item')
  const units = unitsAt(line, 'DeliveredQuantity')
  return {
    lineId: textAt(line, 'OrderLineReference', 'LineID'),
    ...articleOf(item),
    units,
    status: null,
    comesOn: null,
    note: textAt(line, 'OutstandingReason')?.slice(0, mostOfNote) ?? noteOf(line),
    lots: lotsOf(elements(item, 'ItemInstance'), units),
  }
}

const mostOfNote = 500

function noteOf(node: XmlNode | undefined): string | null {
  const notes = elements(node, 'Note').flatMap((one) => textAt(one) ?? [])
  return notes.length > 0 ? notes.join(' · ').slice(0, mostOfNote) : null
}

/** An instance is one unit with its serial number, or tells the lot of the whole line. */
function lotsOf(instances: readonly XmlNode[], units: number | null): readonly LotUnits[] {
  const named = instances.flatMap((instance) => {
    const serial = textAt(instance, 'SerialID')
    const number = serial ?? textAt(instance, 'LotIdentification', 'LotNumberID')
    const good = dayAt(instance, 'LotIdentification', 'ExpiryDate') ?? dayAt(instance, 'BestBeforeDate')
    const each = serial === null ? (instances.length === 1 ? units : null) : 1
    return number === null || each === null
      ? []
      : [{ number, units: each, ...(good === null ? {} : { expiresOn: good }) }]
  })
  const lots = lotsSchema.safeParse(named)
  return lots.success && named.length === instances.length ? lots.data : []
}

function articleOf(item: XmlNode | undefined): Pick<AnsweredLine, 'gtin' | 'sellersId' | 'buyersId'> {
  return {
    gtin: textAt(item, 'StandardItemIdentification', 'ID'),
    sellersId: textAt(item, 'SellersItemIdentification', 'ID'),
    buyersId: textAt(item, 'BuyersItemIdentification', 'ID'),
  }
}

/** The last day of a period is the one that can be counted on. */
function dayOfPeriod(period: XmlNode | undefined): string | null {
  return dayAt(period, 'EndDate') ?? dayAt(period, 'StartDate')
}

function dayAt(node: XmlNode | undefined, ...path: readonly string[]): string | null {
  const [day] = /^\d{4}-\d\d-\d\d/.exec(textAt(node, ...path) ?? '') ?? []
  return day !== undefined && !Number.isNaN(Date.parse(day)) ? day : null
}

function unitsAt(node: XmlNode | undefined, name: string): number | null {
  const units = Number(textAt(node, name) ?? NaN)
  return Number.isInteger(units) && units >= 0 && units <= 1_000_000 ? units : null
}
