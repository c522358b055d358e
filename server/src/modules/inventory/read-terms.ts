import type { Arrival, PlaceAvailability } from '@ecluse/contracts/availability.ts'
import type { Queryable } from '../../kernel/db.ts'
import {
  availableToPromise,
  keptBackNow,
  shownSteps,
  unitsBy,
  type PromiseStep,
  type PromiseTerms,
  type UnitsOn,
} from './domain/available-to-promise.ts'
import { selectArrivals, selectPlaceTerms, type ArrivalRow, type PlaceTermsRow } from './queries/availability.ts'

/** What is known of an article in the stock: what each place can promise and why, and what is on its way. */
export type ArticleTerms = {
  readonly places: readonly (Omit<PlaceAvailability, 'steps'> & { readonly steps: readonly PromiseStep[] })[]
  readonly arrivals: readonly Arrival[]
}

/** Units promised for a day before they were there; without a day while nobody knows it. */
type PromisedAhead = { readonly place_id: string; readonly ships_on: string | null; readonly units: number }

/**
 * The terms of an article at every place. Days begin at midnight UTC of their date: what is due on a day is there that day.
 * @param today the day of the first step
 * @param ahead promises made before their goods were there, that wait for them
 * @param keptOf what the channel that asks leaves to others of so many units lying at a place
 */
export async function readTerms(
  db: Queryable,
  variantId: string,
  today: string,
  ahead: readonly PromisedAhead[],
  keptOf: (onHand: number) => number,
): Promise<ArticleTerms> {
  const [places, arrivals] = await Promise.all([selectPlaceTerms(db, variantId), selectArrivals(db, variantId)])
  const names = new Map(places.map((place) => [place.place_id, place.place_name]))
  return {
    places: places.map((place) =>
      termsAt(
        place,
        arrivals.filter((arrival) => arrival.place_id === place.place_id),
        ahead.filter((promise) => promise.place_id === place.place_id),
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
      kind: arrival.kind,
      documentId: arrival.document_id,
      number: arrival.number,
      sender: arrival.sender,
    })),
  }
}

function termsAt(
  place: PlaceTermsRow,
  arrivals: readonly ArrivalRow[],
  ahead: readonly PromisedAhead[],
  today: string,
  channelBuffer: number,
): ArticleTerms['places'][number] {
  const { on_hand: onHand, held, safety } = place
  // What was promised for a later day is none of today's.
  const committed = place.committed - ahead.reduce((sum, { units }) => sum + units, 0)
  const terms = { onHand, committed, held, safety, channelBuffer, unrouted: 0 }
  const inbound = arrivals.flatMap(({ expected_on: on, units }): UnitsOn[] =>
    on === null ? [] : [{ atMs: Date.parse(on), units }],
  )
  const steps = stepsOf({ ...terms, inbound }, ahead, today, safety + channelBuffer)
  const kept = keptBackNow(terms)
  const available = steps[0]?.available ?? 0
  const free = onHand - committed - held - kept.safety - kept.channelBuffer
  return {
    placeId: place.place_id,
    placeName: place.place_name,
    siteId: place.site_id,
    shipsParcels: place.ships_parcels,
    terms: { onHand, committed, held, ...kept, ahead: Math.max(0, free - available) },
    safety: { units: safety, own: place.own_safety, ofPlace: place.place_safety },
    available,
    steps,
  }
}

/**
 * What would be left day by day, promises of a later day being taken on theirs; and what can be promised, whoever was promised
 * before being served first from whatever comes first.
 */
function stepsOf(
  terms: Omit<PromiseTerms, 'datedDemand'>,
  ahead: readonly PromisedAhead[],
  today: string,
  keptBack: number,
): PromiseStep[] {
  const nowMs = Date.parse(today)
  const demand = (atMsOf: (promise: PromisedAhead) => number) =>
    ahead.map((promise): UnitsOn => ({ atMs: atMsOf(promise), units: promise.units }))
  const onTheirDay = demand(({ ships_on: on }) => Date.parse(on ?? today))
  const balances = shownSteps(availableToPromise({ ...terms, datedDemand: onTheirDay }, nowMs), keptBack)
  if (ahead.length === 0) return balances
  const inTurn = availableToPromise({ ...terms, datedDemand: demand(() => nowMs) }, nowMs)
  return balances.map((step) => ({ ...step, available: unitsBy(inTurn, step.fromMs) }))
}
