import type { Closure, OfferedService, Resource, Service } from '@ecluse/contracts/appointments.ts'
import sql, { empty } from 'sql-template-tag'
import { asJson, execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

const offeringColumns = sql`o.code, o.name, o.description, o.duration_minutes as "durationMinutes",
  o.buffer_minutes as "bufferMinutes", o.step_minutes as "stepMinutes", o.starts, o.lead_minutes as "leadMinutes",
  o.horizon_days as "horizonDays", o.most_seats as "mostSeats", o.active, o.together, o.benefit,
  coalesce((select array_agg(p.product_id::text order by p.product_id) from service.offering_product p
            where p.offering_code = o.code), '{}') as "productIds"`

/** Every service, with the shops where something can be booked for it now. */
export async function selectServices(db: Queryable): Promise<OfferedService[]> {
  return query(
    db,
    sql`select ${offeringColumns},
               coalesce((select array_agg(distinct r.site_id::text) from service.offering_resource x
                         join service.resource r on r.id = x.resource_id and r.active
                         where x.offering_code = o.code), '{}') as "siteIds",
               coalesce((select array_agg(distinct r.site_id::text) from service.offering_resource x
                         join service.resource r on r.id = x.resource_id and r.active and r.kind = 'fitting_room'
                         where x.offering_code = o.code), '{}') as "fittingSiteIds"
        from service.offering o order by o.created_at, o.code`,
  )
}

export async function selectService(db: Queryable, code: string): Promise<Service | undefined> {
  return maybeOne(db, sql`select ${offeringColumns} from service.offering o where o.code = ${code}`)
}

export async function upsertService(tx: Tx, service: Service, now: Date): Promise<void> {
  const row = {
    code: service.code,
    name: service.name,
    description: service.description,
    duration_minutes: service.durationMinutes,
    buffer_minutes: service.bufferMinutes,
    step_minutes: service.stepMinutes,
    starts: service.starts,
    lead_minutes: service.leadMinutes,
    horizon_days: service.horizonDays,
    most_seats: service.mostSeats,
    active: service.active,
    together: service.together,
    benefit: service.benefit ?? null,
    created_at: now,
  }
  await execute(
    tx,
    sql`insert into service.offering select r.* from json_populate_recordset(null::service.offering, ${asJson([row])}::json) r
        on conflict (code) do update set name = excluded.name, description = excluded.description,
          duration_minutes = excluded.duration_minutes, buffer_minutes = excluded.buffer_minutes,
          step_minutes = excluded.step_minutes, starts = excluded.starts, lead_minutes = excluded.lead_minutes,
          horizon_days = excluded.horizon_days, most_seats = excluded.most_seats, active = excluded.active, together = excluded.together,
          benefit = excluded.benefit`,
  )
  await execute(tx, sql`delete from service.offering_product where offering_code = ${service.code}`)
  await execute(
    tx,
    sql`insert into service.offering_product (offering_code, product_id)
        select ${service.code}, p from unnest(${[...new Set(service.productIds)]}::uuid[]) p`,
  )
}

const resourceColumns = sql`r.id, r.site_id as "siteId", r.kind, r.name, r.capacity, r.overbooking, r.hours, r.active,
  coalesce((select array_agg(x.offering_code order by x.offering_code) from service.offering_resource x
            where x.resource_id = r.id), '{}') as "serviceCodes"`

export async function selectResources(db: Queryable, siteId: string): Promise<Resource[]> {
  return query(
    db,
    sql`select ${resourceColumns} from service.resource r where r.site_id = ${siteId} order by r.created_at, r.name, r.id`,
  )
}

export async function selectResource(db: Queryable, id: string): Promise<Resource | undefined> {
  return maybeOne(db, sql`select ${resourceColumns} from service.resource r where r.id = ${id}`)
}

export async function upsertResource(tx: Tx, resource: Resource, now: Date): Promise<void> {
  await execute(
    tx,
    sql`insert into service.resource (id, site_id, kind, name, capacity, overbooking, hours, active, created_at)
        values (${resource.id}, ${resource.siteId}, ${resource.kind}, ${resource.name}, ${resource.capacity},
                ${resource.overbooking}, ${resource.hours && JSON.stringify(resource.hours)}::jsonb, ${resource.active}, ${now})
        on conflict (id) do update set kind = excluded.kind, name = excluded.name, capacity = excluded.capacity,
          overbooking = excluded.overbooking, hours = excluded.hours, active = excluded.active`,
  )
  await execute(tx, sql`delete from service.offering_resource where resource_id = ${resource.id}`)
  await execute(
    tx,
    sql`insert into service.offering_resource (offering_code, resource_id)
        select o.code, ${resource.id} from service.offering o where o.code = any(${resource.serviceCodes}::text[])`,
  )
}

type ClosureRow = Omit<Closure, 'startsAt' | 'endsAt'> & { startsAt: Date; endsAt: Date }

/** Closures of a shop, or of its resources, that are not over before a moment. */
export async function selectClosures(db: Queryable, siteId: string, from: Date, until?: Date): Promise<ClosureRow[]> {
  return query(
    db,
    sql`select id, site_id as "siteId", resource_id as "resourceId", starts_at as "startsAt", ends_at as "endsAt", reason
        from service.closure where site_id = ${siteId} and ends_at > ${from}
          ${until ? sql`and starts_at < ${until}` : empty} order by starts_at, id`,
  )
}

export async function insertClosure(tx: Tx, closure: ClosureRow & { actor: string | null }): Promise<void> {
  await execute(
    tx,
    sql`insert into service.closure (id, site_id, resource_id, starts_at, ends_at, reason, actor)
        values (${closure.id}, ${closure.siteId}, ${closure.resourceId}, ${closure.startsAt}, ${closure.endsAt},
                ${closure.reason}, ${closure.actor})`,
  )
}

export async function siteOfClosure(db: Queryable, id: string): Promise<string | undefined> {
  return (await maybeOne<{ site: string }>(db, sql`select site_id as site from service.closure where id = ${id}`))?.site
}

export async function deleteClosureRow(tx: Tx, id: string): Promise<void> {
  await execute(tx, sql`delete from service.closure where id = ${id}`)
}
