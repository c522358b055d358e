import type { DeliveryOption } from '@ecluse/contracts/carts.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { WindowOffer } from '@ecluse/contracts/windows.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { currentLocale } from '@ecluse/ui/staff/locale.tsx'
import type { Basket, DeliveryChoice } from './basket.ts'
import { cartFor } from './pick-up-pass.ts'

/** How what lies on the counter can reach a postal code. */
export type HomeDeliveryOffer = { readonly parcel: DeliveryChoice | null; readonly days: readonly OfferedDay[] }
export type OfferedDay = { readonly date: string; readonly choices: readonly DeliveryChoice[] }

/** Days of windows shown to choose from. */
const mostDays = 6

/**
 * Asks what can be promised for these lines: the server knows them as a cart. A shop whose channel sends nothing home offers
 * nothing.
 * @throws ApiError
 */
export async function offerHomeDelivery(
  basket: Basket,
  channel: string,
  postalCode: string,
): Promise<HomeDeliveryOffer> {
  const cartId = await cartFor(basket, channel)
  const locale = currentLocale()
  const shown = basket.card ? { cardNumber: basket.card.cardNumber } : {}
  const { deliveryOptions } = await call(endpoints.getCart, { params: { cartId }, query: { locale, ...shown } })
  const parcel = deliveryOptions.find(({ method }) => method === 'delivery')
  if (!parcel) return { parcel: null, days: [] }
  const windows = await call(endpoints.offerWindows, { query: { locale, cartId, postalCode, ...shown } })
  return { parcel: parcelChoice(parcel), days: daysOf(windows) }
}

/**
 * The way that was chosen, for the card that is shown now: what it costs depends on it. Nothing when it is offered no more.
 * @throws ApiError
 */
export async function chosenAgain(basket: Basket, channel: string): Promise<DeliveryChoice | null> {
  const chosen = basket.delivery?.choice
  if (!basket.delivery || !chosen) return null
  const { parcel, days } = await offerHomeDelivery(basket, channel, basket.delivery.postalCode)
  if (chosen.windowId === null) return parcel
  return days.flatMap(({ choices }) => choices).find(({ windowId }) => windowId === chosen.windowId) ?? null
}

function parcelChoice({ possible, fee, promisedAt, latestAt }: DeliveryOption): DeliveryChoice | null {
  const from = promisedAt ?? latestAt
  if (!possible || from === null) return null
  return { windowId: null, from, until: latestAt ?? from, feeMinor: fee.amountMinor }
}

function daysOf({ days }: WindowOffer): OfferedDay[] {
  return days
    .filter(({ windows }) => windows.length > 0)
    .slice(0, mostDays)
    .map(({ date, windows }) => ({
      date,
      choices: windows.map(({ id, startsAt, endsAt, fee }) => ({
        windowId: id,
        from: startsAt,
        until: endsAt,
        feeMinor: fee.amountMinor,
      })),
    }))
}
