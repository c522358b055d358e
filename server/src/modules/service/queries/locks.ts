import sql from 'sql-template-tag'
import { execute, maybeOne, type Tx } from '../../../kernel/db.ts'
import type { AppointmentRow } from './appointments.ts'

/** Locks of appointments, taken in this order: people, the appointment, the shop's waiting list, resources, then promises and pools. */

/** Keeps two requests of one person from being counted at once, until the transaction ends. */
export async function lockPerson(tx: Tx, keys: readonly string[]): Promise<void> {
  for (const key of [...keys].sort())
    await execute(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`appointment ${key}`}, 0))`)
}

/** The first lock of an appointment, before its promises and their pools. */
export async function lockAppointment(tx: Tx, id: string): Promise<AppointmentRow | undefined> {
  return maybeOne(tx, sql`select * from service.appointment where id = ${id} for update`)
}

/**
 * Locks the active resources of a service in a shop against being changed or closed: several bookings hold this at once.
 */
export async function shareResources(tx: Tx, code: string, siteId: string): Promise<void> {
  await execute(
    tx,
    sql`select r.id from service.resource r join service.offering_resource x on x.resource_id = r.id
        where x.offering_code = ${code} and r.site_id = ${siteId} order by r.id for share of r`,
  )
}

/** Locks the resources of a shop for a change that bookings wait for. */
export async function lockResources(tx: Tx, siteId: string): Promise<void> {
  await execute(tx, sql`select id from service.resource where site_id = ${siteId} order by id for update`)
}

/** Locks the waiting list of a shop: hours are held for those who wait one after the other. */
export async function lockWaiting(tx: Tx, siteId: string): Promise<void> {
  await execute(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`waiting ${siteId}`}, 0))`)
}

/** Who gives customers to advisers does it alone, so that nobody is given more than they take. */
export async function lockAdvisers(tx: Tx): Promise<void> {
  await execute(tx, sql`select pg_advisory_xact_lock(hashtextextended('service.advisers', 0))`)
}
