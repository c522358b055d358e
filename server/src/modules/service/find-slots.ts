import type { Resource, Service, Slot } from '@ecluse/contracts/appointments.ts'
import type { Site } from '@ecluse/contracts/channels.ts'
import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../kernel/context.ts'
import type { Queryable } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { openingOn, siteById } from '../channels/public.ts'
import { readPools } from '../promises/public.ts'
import { isPerson } from './domain/groups.ts'
import { quarterPoolId } from './domain/pool-id.ts'
import { beginningsOf, quartersOf, slotsOf, subtract, timesOf, type DayResource, type Span } from './domain/slots.ts'
import { selectClosures, selectResources, selectService } from './queries/resources.ts'

/** What can be booked in a shop: the service, and what it is booked on there. */
export type Desk = {
  readonly service: Service
  readonly site: Site
  readonly resources: readonly Resource[]
  readonly closures: readonly { resourceId: string | null; startsAt: Date; endsAt: Date }[]
}

/** @throws service.not_found, channels.site_not_found */
export async function openDesk(ctx: Ctx, db: Queryable, code: string, siteId: string): Promise<Desk> {
  const service = await selectService(db, code)
  const site = await siteById(db, siteId)
  if (!service?.active) throw refuse('service.not_found')
  if (!site) throw refuse('channels.site_not_found')
  const all = await selectResources(db, siteId)
  const resources = all.filter((one) => one.active && one.serviceCodes.includes(code))
  return { service, site, resources, closures: await selectClosures(db, siteId, ctx.clock.now()) }
}

/** A resource on a date of its shop: when it is open, closures taken out. */
export function resourceOn({ site, closures }: Desk, resource: Resource, date: string): DayResource {
  const hours = { openingHours: resource.hours ?? site.openingHours, timeZone: site.timeZone }
  const closed = closures
    .filter(({ resourceId }) => resourceId === null || resourceId === resource.id)
    .map(({ startsAt, endsAt }): Span => ({ start: startsAt, end: endsAt }))
  return {
    id: resource.id,
    person: isPerson(resource),
    open: subtract(openingOn(hours, date), closed),
    limit: resource.capacity + resource.overbooking,
  }
}

/** The moments at which a service may begin on a date. `untimely` is for staff, who are not held to notice. */
export function beginningsOn(desk: Desk, date: string, now: Date, untimely: boolean): Date[] {
  const { service, site, resources } = desk
  const opening = resources.flatMap((resource) =>
    openingOn({ openingHours: resource.hours ?? site.openingHours, timeZone: site.timeZone }, date),
  )
  return beginningsOf(service, opening, fixedOn(service, site.timeZone, date), now, untimely)
}

function fixedOn({ starts }: Service, timeZone: string, date: string): Date[] | null {
  if (!starts) return null
  const day = Temporal.PlainDate.from(date)
  return starts
    .filter(({ weekday }) => weekday === day.dayOfWeek)
    .map(({ at }) => {
      const { epochMilliseconds } = day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(at) })
      return new Date(epochMilliseconds)
    })
}

/** The date it is somewhere at a moment. */
export function dateIn(timeZone: string, at: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

/**
 * When a service can be booked in a shop, day by day.
 * @throws service.not_found, channels.site_not_found
 */
export function findSlots(ctx: Ctx, asked: AskedSlots): ReturnType<typeof findSlotsIn> {
  return findSlotsIn(ctx, ctx.db, asked)
}

type AskedSlots = Parameters<typeof findSlotsIn>[2]

/**
 * The same, seen by a transaction.
 * @throws service.not_found, channels.site_not_found
 */
export async function findSlotsIn(
  ctx: Ctx,
  db: Queryable,
  asked: { code: string; siteId: string; from?: string | undefined; days: number; seats: number; untimely?: boolean },
): Promise<{ timeZone: string; days: { date: string; slots: Slot[] }[] }> {
  const desk = await openDesk(ctx, db, asked.code, asked.siteId)
  const now = ctx.clock.now()
  const { timeZone } = desk.site
  const first = Temporal.PlainDate.from(asked.from ?? dateIn(timeZone, now))
  const days = Array.from({ length: asked.days }, (_, index) => first.add({ days: index }).toString()).map((date) => ({
    date,
    beginnings: beginningsOn(desk, date, now, asked.untimely ?? false),
    resources: desk.resources.map((resource) => resourceOn(desk, resource, date)),
  }))
  const taken = await takenIn(db, desk, days)
  return {
    timeZone,
    days: days.map(({ date, beginnings, resources }) => ({
      date,
      slots: slotsOf(desk.service, beginnings, resources, taken, asked.seats).map(({ startsAt, endsAt, left }) => ({
        startsAt: startsAt.toISOString(),
        endsAt: endsAt.toISOString(),
        left,
      })),
    })),
  }
}

/** What is promised of each resource in each quarter that could matter. */
async function takenIn(
  db: Queryable,
  { service, resources }: Desk,
  days: readonly { beginnings: readonly Date[] }[],
): Promise<(resourceId: string, quarter: number) => number> {
  const quarters = new Set(
    days.flatMap(({ beginnings }) =>
      beginnings.flatMap((start) => quartersOf(start, timesOf(service, start).blockedUntil)),
    ),
  )
  const ids = resources.flatMap(({ id }) => [...quarters].map((quarter) => quarterPoolId(id, quarter)))
  const levels = new Map(
    (await readPools(db, ids)).map(({ poolId, held, committed }) => [poolId, Number(held + committed)]),
  )
  return (resourceId, quarter) => levels.get(quarterPoolId(resourceId, quarter)) ?? 0
}
