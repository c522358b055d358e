import type { TimelineEntry, TimelineKind } from '@ecluse/contracts/customer-timeline.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../kernel/cursor.ts'
import type { Queryable } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { toMoney } from '../../kernel/money.ts'
import { addressLine, membersOf } from '../customers/public.ts'
import { namesOfStaff, timelineRows, type EntryRow, type Position } from './queries/timeline.ts'

type Asked = {
  readonly kind?: TimelineKind | undefined
  readonly channel?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
  readonly locale: Locale
}

/**
 * What happened between a customer and the firm, the latest first, whoever it was written of among those who are one customer
 * today: a merge brings the other's entries, taking it back gives them back.
 * @throws customers.not_found, kernel.invalid_cursor
 */
export async function readTimeline(
  db: Queryable,
  customerId: string,
  { kind, channel, cursor, limit, locale }: Asked,
): Promise<{ items: TimelineEntry[]; nextCursor: string | null }> {
  const position = decodeCursor(cursor, [cursorPatterns.instant, /^[a-z_]{1,40}$/, cursorPatterns.uuid])
  const members = await membersOf(db, customerId)
  if (members.length === 0) throw refuse('customers.not_found')
  const [at = '', of = '', id = ''] = position ?? []
  const before: Position | undefined = position && { at, kind: of, id }
  const rows = await timelineRows(db, { members, kind, channel, before, limit: limit + 1, locale })
  const actors = rows.flatMap(({ actor }) => actor ?? [])
  const staff = await namesOfStaff(db, [...new Set(actors)])
  return pageOf(
    rows,
    limit,
    (row) => entryOf(row, staff),
    (row) => [row.at, row.kind, row.id],
  )
}

function entryOf(row: EntryRow, staff: ReadonlySet<string>): TimelineEntry {
  const { kind, details } = row
  return {
    kind,
    id: row.id,
    at: row.at.toISOString(),
    channelCode: row.channel_code,
    actor: row.actor !== null && staff.has(row.actor) ? row.actor : null,
    memberId: row.member_id,
    document: documentOf(row),
    amount: row.value_minor === null ? null : toMoney(row.value_minor),
    count: row.quantity,
    detail: details?.detail ?? null,
    consent:
      kind === 'consent'
        ? {
            act: details?.act as NonNullable<TimelineEntry['consent']>['act'],
            medium: details?.medium ?? null,
            purpose: details?.purpose ?? null,
          }
        : null,
    learnt:
      details?.learnt?.map((one) => (one.kind === 'address' ? { ...one, value: addressLine(one.value) } : one)) ?? null,
    source: details?.source ?? null,
    merge:
      kind === 'merge'
        ? {
            act: details?.act as NonNullable<TimelineEntry['merge']>['act'],
            otherId: details?.otherId ?? '',
            name: details?.name ?? '',
          }
        : null,
  }
}

/** The document an entry tells of, while there is one. */
function documentOf(row: EntryRow): TimelineEntry['document'] {
  const { subject_id: id, details } = row
  if (id === null) return null
  if (row.kind === 'message')
    return { type: 'message', id, label: details?.subject ?? '', state: details?.state ?? 'waiting' }
  if (row.product_name !== null) return { type: 'product', id, label: row.product_name }
  if (row.order_number !== null) return { type: 'order', id, label: row.order_number }
  if (row.quote_number !== null && row.quote_state !== null)
    return { type: 'quote', id, label: row.quote_number, state: row.quote_state }
  if (row.reservation_code !== null && row.reservation_state !== null)
    return { type: 'reservation', id, label: row.reservation_code, state: row.reservation_state }
  const { appointment_code: label, appointment_state: state, starts_at, site_id: siteId } = row
  if (label === null || state === null || starts_at === null || siteId === null) return null
  return { type: 'appointment', id, label, state, siteId, startsAt: starts_at.toISOString() }
}
