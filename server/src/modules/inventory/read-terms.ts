import type { Arrival, PlaceAvailability } from '@ecluse/contracts/availability.ts'
import type { Queryable } from '../../kernel/db.ts'
import {
  availableToPromise,
  keptBackNow,
  shownSteps,
  type PromiseStep,
  type UnitsOn,
} from './domain/available-to-promise.ts'
import { selectArrivals, selectPlaceTerms, type ArrivalRow, type PlaceTermsRow } from './queries/availability.ts'

/** What is known of an article in the stock: what each place can promise and why, and what is on its way. */
export type ArticleTerms = {
  readonly places: readonly (Omit<PlaceAvailability, 'steps'> & { readonly steps: readonly PromiseStep[] })[]
  readonly arrivals: readonly Arrival[]
}

/**
 * The terms of an article at every place. Days begin at midnight UTC of their date: what is due on a day is there that day.
 * @param today the day of the first step
 * @param keptOf what the channel that asks leaves to others of so many units lying at a place
 */
export async function readTerms(
  db: Queryable,
  variantId: string,
  today: string,
  keptOf: (onHand: number) => number,
): Promise<ArticleTerms> {
  const [places, arrivals] = await Promise.all([selectPlaceTerms(db, variantId), selectArrivals(db, variantId)])
  const names = new Map(places.map((place) => [place.place_id, place.place_name]))
  return {
    places: places.map((place) =>
      termsAt(
        place,
        arrivals.filter((arrival) => arrival.place_id === place.place_id),
        today,
        keptOf(place.on_hand),
      ),
    ),
    arrivals: arrivals.map((arrival) => ({
      placeId: arrival.place_id,
      placeName: names.get(arrival.place_id) ?? '',
      expectedOn: arrival.expected_on,
      units: arrival.units,
      overdue: arrival.expected_on !== null && arrival.expected_on < today,
      supplierOrderId: arrival.supplier_order_id,
      number: arrival.number,
      supplierName: arrival.supplier_name,
    })),
  }
}

function termsAt(
  place: PlaceTermsRow,
  arrivals: readonly ArrivalRow[],
  today: string,
  channelBuffer: number,
): ArticleTerms['places'][number] {
  const { on_hand: onHand, committed, held, safety } = place
  const terms = { onHand, committed, held, safety, channelBuffer, unrouted: 0 }
  const inbound = arrivals.flatMap(({ expected_on: on, units }): UnitsOn[] =>
    on === null ? [] : [{ atMs: Date.parse(on), units }],
  )
  const steps = shownSteps(
    availableToPromise({ ...terms, inbound, datedDemand: [] }, Date.parse(today)),
    safety + channelBuffer,
  )
  return {
    placeId: place.place_id,
    placeName: place.place_name,
    siteId: place.site_id,
    shipsParcels: place.ships_parcels,
    terms: { onHand, committed, held, ...keptBackNow(terms) },
    safety: { units: safety, own: place.own_safety, ofPlace: place.place_safety },
    available: Math.max(0, onHand - committed - held - safety - channelBuffer),
    steps,
  }
}
