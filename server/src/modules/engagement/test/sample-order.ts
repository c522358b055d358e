import type { Site } from '@ecluse/contracts/channels.ts'
import type { Order } from '@ecluse/contracts/orders.ts'

const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' as const })

export const sampleSite: Site = {
  id: '0195c000-0000-7000-8000-000000000001',
  code: 'nantes',
  kind: 'shop',
  name: 'Alizé Nantes',
  street: '12 rue Crébillon',
  postalCode: '44000',
  locality: 'Nantes',
  country: 'FR',
  latitude: null,
  longitude: null,
  phone: '+33240000000',
  timeZone: 'Europe/Paris',
  openingHours: [],
  offersPickup: true,
  pickupReadyMinutes: 120,
}

function line(
  n: number,
  name: string,
  variantLabel: string,
  unit: number,
  quantity: number,
  rate: number,
  vat: number,
): Order['lines'][number] {
  return {
    id: `0195c000-0000-7000-8000-00000000001${n}`,
    position: n,
    variantId: `0195c000-0000-7000-8000-00000000002${n}`,
    sku: `ALZ-${n}`,
    name,
    variantLabel,
    imageUrl: null,
    quantity,
    fulfilledQuantity: 0,
    returnedQuantity: 0,
    exchangedQuantity: 0,
    givenFor: null,
    substituteFor: null,
    unitPrice: euros(unit),
    lineTotal: euros(unit * quantity),
    vatRateBasisPoints: rate,
    vatAmount: euros(vat),
    credited: { amountMinor: 0, currency: 'EUR' },
    placeId: '0195c000-0000-7000-8000-000000000031',
    groupNo: null,
    downloadFrom: null,
    withdrawalException: null,
    placeName: 'Entrepôt',
    ahead: null,
    exception: null,
  }
}

/** Carriage as most pay it. */
const asUsual = { favour: null, surcharge: euros(0), feeBack: euros(0) }

/** A delivered order of two lines at two VAT rates. */
export function sampleOrder(): Order {
  return {
    id: '0195c000-0000-7000-8000-000000000009',
    number: 'K7M2-QX4T-9SBA',
    channelCode: 'web',
    documentState: 'confirmed',
    paymentState: 'paid',
    fulfillmentState: 'to_prepare',
    placedAt: '2026-03-02T09:00:00.000Z',
    locale: 'fr',
    contact: { name: 'Camille Roux', email: 'camille@exemple.fr', phone: null },
    partyId: null,
    company: null,
    delivery: {
      method: 'delivery',
      siteId: null,
      siteName: null,
      address: {
        name: 'Camille Roux',
        street: '3 rue des Lilas',
        postalCode: '44000',
        locality: 'Nantes',
        country: 'FR',
      },
      promisedAt: '2026-03-04T11:00:00.000Z',
      latestAt: '2026-03-06T17:00:00.000Z',
      inWindow: false,
      pickupCode: null,
      fee: euros(590),
      ...asUsual,
      feeVatRateBasisPoints: 2000,
    },
    lines: [
      line(1, 'Vélo urbain Sillage', 'Taille M · Vert mousse', 74_900, 2, 2000, 24_967),
      line(2, 'Carte des véloroutes de Bretagne', '', 1_290, 1, 550, 67),
    ],
    returnDays: 14,
    returnUntil: null,
    subtotal: euros(151_090),
    credited: euros(0),
    total: euros(151_680),
    vatByRate: [
      { rateBasisPoints: 2000, base: euros(125_325), vat: euros(25_065) },
      { rateBasisPoints: 550, base: euros(1_223), vat: euros(67) },
    ],
    paid: euros(151_680),
    refunded: euros(0),
    payments: [],
    timeline: [],
    returns: [
      {
        id: 'r',
        number: 'R-K7M2-1',
        siteName: 'Alizé Lyon',
        createdAt: '2026-03-20T09:00:00.000Z',
        refund: euros(1_234),
        carriage: euros(0),
        refundState: 'pending',
        lines: [],
      },
    ],
    substitutions: null,
    gift: null,
    appointment: null,
    groups: [],
    waitingChange: null,
    openReturns: [],
  }
}
