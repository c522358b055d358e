import type { Coordinates, PostalAddress } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../kernel/context.ts'

/** A delivery window somebody chose, as whoever keeps windows knows it. */
export type ChosenWindow = {
  readonly id: string
  /** The depot: the goods leave from there. */
  readonly placeId: string
  /** Day of the depot's calendar. */
  readonly date: string
  readonly startsAt: Date
  readonly endsAt: Date
  /** The last moment at which it can be ordered. */
  readonly lastAt: Date
  /** Price of delivery in it; null when the channel's own fee holds. */
  readonly feeMinor: bigint | null
  /** How many deliveries it takes. */
  readonly capacity: number
  /** Where an address without coordinates is taken to be. */
  readonly where: Coordinates
  readonly serviceSeconds: number
}

/** What a delivery weighs in the day it is written into. */
export type WindowLoad = {
  readonly address: PostalAddress
  readonly coordinates: Coordinates | undefined
  readonly weightGrams: number
  readonly pieces: number
}

/** Who keeps delivery windows; given by the wiring, since routes are not this module's. */
export type WindowDesk = {
  /**
   * @param asked.mine a place in it is held for whoever asks: it is not full for them, nor closed before its last moment
   * @throws fulfillment.window_not_found, fulfillment.window_closed, fulfillment.window_elsewhere, orders.promise_full
   */
  find(ctx: Ctx, asked: { windowId: string; postalCode: string; mine?: boolean }): Promise<ChosenWindow>
  /**
   * Writes a delivery into its day, if it can be kept.
   * @param instead one that is about to be given up for it
   * @returns the id for the order's promise
   * @throws fulfillment.window_out_of_reach, orders.promise_full
   */
  reserve(ctx: Ctx, window: ChosenWindow, load: WindowLoad, instead?: string): Promise<string>
  /** Brings one that is reserved to another door of its zone. */
  readdress(ctx: Ctx, promiseId: string, address: PostalAddress): Promise<void>
  /** Takes it out again; one whose order stands, or that is kept for a document, is left. */
  release(ctx: Ctx, promiseId: string): Promise<void>
}
