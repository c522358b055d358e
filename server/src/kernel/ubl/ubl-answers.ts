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
  }
}

function despatchLine(line: XmlNode): AnsweredLine {
  return {
    lineId: textAt(line, 'OrderLineReference', 'LineID'),
    ...articleOf(elements(line, 'Item')[0]),
    units: unitsAt(line, 'DeliveredQuantity'),
    status: null,
    comesOn: null,
  }
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

function dayAt(node: XmlNode | undefined, name: string): string | null {
  const [day] = /^\d{4}-\d\d-\d\d/.exec(textAt(node, name) ?? '') ?? []
  return day !== undefined && !Number.isNaN(Date.parse(day)) ? day : null
}

function unitsAt(node: XmlNode | undefined, name: string): number | null {
  const units = Number(textAt(node, name) ?? NaN)
  return Number.isInteger(units) && units >= 0 && units <= 1_000_000 ? units : null
}
