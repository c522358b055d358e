import type { ChannelInput } from '../modules/channels/public.ts'
import { demoShops, ofTown } from './sites.ts'

type DeliveryFee = {
  method: 'delivery' | 'pickup' | 'carry_out'
  feeMinor: bigint
  freeFromMinor: bigint | null
  leadDaysMin: number
  leadDaysMax: number
}

const parcel: DeliveryFee = {
  method: 'delivery',
  feeMinor: 690n,
  freeFromMinor: 12_000n,
  leadDaysMin: 2,
  leadDaysMax: 4,
}
const pickup: DeliveryFee = { method: 'pickup', feeMinor: 0n, freeFromMinor: null, leadDaysMin: 0, leadDaysMax: 0 }
const carryOut: DeliveryFee = { method: 'carry_out', feeMinor: 0n, freeFromMinor: null, leadDaysMin: 0, leadDaysMax: 0 }

/** A channel of the company, what it hands over to, which price lists it consults and how it delivers. */
export type DemoChannel = Omit<ChannelInput, 'siteIds' | 'handsOffTo'> & {
  readonly siteCodes: readonly string[]
  readonly handsOffTo: readonly string[]
  readonly priceLists: readonly string[]
  readonly delivery: readonly DeliveryFee[]
}

/** One channel for each shop. */
const storeCode = (shopCode: string): string => `shop-${shopCode}`
const storeCodes = demoShops.map((shop) => storeCode(shop.code))

/** What is bought from afar leaves the warehouse or waits in any shop. */
const everySite = ['entrepot', ...demoShops.map((shop) => shop.code)]

/** The shop whose autumn offer shows how a price is explained. */
const promotedShop = 'nantes'

export const demoChannels: readonly DemoChannel[] = [
  {
    code: 'web',
    medium: 'web',
    name: { fr: 'Boutique en ligne', en: 'Online shop' },
    circuit: 'direct',
    sells: true,
    position: 1,
    siteCodes: everySite,
    handsOffTo: [...storeCodes, 'phone'],
    priceLists: ['public'],
    delivery: [parcel, pickup],
    costs: {
      fixedPerMonthMinor: 320_000,
      perContactMinor: 4,
      perOrderMinor: 90,
      perLineMinor: 25,
      perUnitMinor: 15,
      perParcelMinor: 640,
      perCardPaymentMinor: 10,
      cardBasisPoints: 140,
      goodsBasisPoints: 5_800,
    },
  },
  {
    code: 'phone',
    medium: 'phone',
    name: { fr: 'Téléphone', en: 'Telephone' },
    circuit: 'direct',
    sells: true,
    position: 2,
    siteCodes: everySite,
    handsOffTo: [...storeCodes, 'web'],
    priceLists: ['public'],
    delivery: [parcel, pickup],
    costs: {
      fixedPerMonthMinor: 90_000,
      perContactMinor: 310,
      perOrderMinor: 110,
      perLineMinor: 25,
      perUnitMinor: 15,
      perParcelMinor: 640,
      perCardPaymentMinor: 10,
      cardBasisPoints: 140,
      goodsBasisPoints: 5_800,
    },
  },
  {
    code: 'mobile',
    medium: 'mobile',
    name: { fr: 'Application mobile', en: 'Mobile application' },
    circuit: 'direct',
    sells: false,
    position: 3,
    siteCodes: [],
    handsOffTo: ['web', ...storeCodes],
    priceLists: ['public'],
    delivery: [],
    costs: { fixedPerMonthMinor: 15_000, perContactMinor: 1 },
  },
  ...demoShops.map((shop, index): DemoChannel => ({
    code: storeCode(shop.code),
    medium: 'store',
    name: { fr: `Magasin ${ofTown(shop.town)}`, en: `${shop.town} shop` },
    circuit: 'direct',
    sells: true,
    position: 10 + index,
    siteCodes: [shop.code],
    handsOffTo: ['web'],
    priceLists: shop.code === promotedShop ? ['automne-nantes', 'public'] : ['public'],
    // What a shop does not have, or is too heavy to carry, it has brought home.
    delivery: [carryOut, parcel],
    costs: {
      // To the scale of a month of a few hundred orders: what real shops cost would drown all else.
      fixedPerMonthMinor: shop.size === 'large' ? 24_000 : 12_000,
      perContactMinor: 190,
      perOrderMinor: 60,
      perUnitMinor: 10,
      perParcelMinor: 690,
      cardBasisPoints: 60,
      goodsBasisPoints: 5_800,
    },
  })),
]

/** Codes of the channels that sell. */
export const webChannels = ['web', 'phone'] as const
export const shopChannels: readonly string[] = storeCodes
