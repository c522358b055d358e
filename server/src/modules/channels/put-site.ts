import type { Site } from '@ecluse/contracts/channels.ts'
import { assert } from '../../kernel/assert.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { publish } from '../../kernel/outbox.ts'
import { isTimeOfDay } from './domain/opening-hours.ts'
import { lockSite } from './queries/locks.ts'
import { replaceOpeningHours, selectSites, upsertSite } from './queries/sites.ts'

/** A site as one writes it: its code is the natural key. */
export type SiteInput = Omit<Site, 'id'>

/** Creates a site or changes the one with that code; writing the same again changes nothing. */
export async function putSite(ctx: Ctx, tx: Tx, input: SiteInput): Promise<Site> {
  const sound = input.openingHours.every((h) => isTimeOfDay(h.opens) && isTimeOfDay(h.closes) && h.opens < h.closes)
  assert(sound, 'opening hours are times of the day, in order')
  const hours = [...input.openingHours].sort((a, b) => a.weekday - b.weekday || (a.opens < b.opens ? -1 : 1))
  const existing = await lockSite(tx, input.code)
  if (existing !== undefined) {
    const [before] = await selectSites(tx, [existing])
    if (before && sameSite(before, { ...input, id: existing, openingHours: hours })) return before
  }
  const id = await upsertSite(tx, { ...input, id: existing ?? ctx.ids.next() }, ctx.clock.now())
  await replaceOpeningHours(tx, id, hours)
  const [site] = await selectSites(tx, [id])
  assert(site, 'the site was just written')
  await publish(tx, ctx, [
    { type: 'channels.site_changed', version: 1, aggregateId: id, payload: { siteId: id, code: input.code } },
  ])
  return site
}

function sameSite(a: Site, b: Site): boolean {
  return JSON.stringify(a, sorted) === JSON.stringify(b, sorted)
}

/** The database gives keys back in another order. */
function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
}
