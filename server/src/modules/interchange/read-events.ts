import { publicEvents, publicEventTypes } from '@ecluse/contracts/public-events.ts'
import type { PublicEvent } from '@ecluse/contracts/webhooks.ts'
import { z } from 'zod'
import type { Ctx } from '../../kernel/context.ts'
import { cursorPatterns, decodeCursor, encodeCursor } from '../../kernel/cursor.ts'
import type { Queryable } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { eventById, eventsAt } from '../../kernel/outbox.ts'
import { isPublicType, publicEventOf } from './domain/public-event.ts'
import { positionAfter, positionAt, readFeed, type Position } from './queries/event-feed.ts'

/**
 * Events in order, from a place on.
 * @throws interchange.event_not_found, interchange.unknown_event_type, kernel.invalid_cursor
 */
export async function readEvents(
  ctx: Ctx,
  query: { after?: string | undefined; since?: string | undefined; types?: string | undefined; limit: number },
): Promise<{ items: PublicEvent[]; next: string; hasMore: boolean }> {
  const from = await startOf(ctx, query.after, query.since)
  const { entries, next, hasMore } = await readFeed(ctx.db, from, typesOf(query.types), query.limit)
  const stored = new Map(
    (await eventsAt(ctx.db, entries)).map((event) => [`${event.aggregateId} ${event.sequence}`, event]),
  )
  const items = entries.flatMap((entry) => {
    const event = stored.get(`${entry.aggregateId} ${entry.sequence}`)
    return event ? [publicEventOf(event)] : []
  })
  return { items, next: encodeCursor([next.page, next.offset]), hasMore }
}

/**
 * Reads a list of types separated by commas; null when there is none.
 * @throws interchange.unknown_event_type
 */
export function typesOf(text: string | undefined): string[] | null {
  if (text === undefined) return null
  const types = [...new Set(text.split(','))]
  const unknown = types.find((type) => !isPublicType(type))
  if (unknown !== undefined) throw refuse('interchange.unknown_event_type', { type: unknown })
  return types
}

/** Every type of event and the schema of its data. */
export function listEventTypes(): {
  type: string
  version: number
  summary: string
  schema: Record<string, unknown>
}[] {
  return publicEventTypes.map((type) => {
    const { version, summary, data } = publicEvents[type]
    // What a reader may count on: fields can be added to it.
    return { type, version, summary, schema: { ...z.toJSONSchema(data, { io: 'input' }) } }
  })
}

async function startOf(ctx: Ctx, after: string | undefined, since: string | undefined): Promise<Position> {
  if (after === undefined) return positionAt(ctx.db, new Date(since ?? 0))
  if (cursorPatterns.uuid.test(after)) return placeOf(ctx.db, after)
  const [page = '', offset = ''] = decodeCursor(after, [cursorPatterns.integer, cursorPatterns.integer]) ?? []
  if (page.startsWith('-') || offset.startsWith('-') || offset.length > 9) throw refuse('kernel.invalid_cursor')
  return { page: BigInt(page), offset: Number(offset) }
}

/**
 * The place after an event.
 * @throws interchange.event_not_found
 */
export async function placeOf(db: Queryable, eventId: string): Promise<Position> {
  const event = await eventById(db, eventId)
  const position = event && (await positionAfter(db, event))
  if (!position) throw refuse('interchange.event_not_found')
  return position
}
