import type { Channel, Site } from '@ecluse/contracts/channels.ts'
import type { Queryable } from '../../kernel/db.ts'
import { selectChannels, selectSiteAndTill } from './queries/channels.ts'
import { selectSites } from './queries/sites.ts'

export { closingAfter, openingOn, readyAt } from './domain/opening-hours.ts'
export { putChannel, type ChannelInput } from './put-channel.ts'
export { ownParty, putLegalEntity, readLegalEntity } from './legal-entity.ts'
export { putSite, type SiteInput } from './put-site.ts'
export { writeCosts } from './write-costs.ts'
export { noCosts, selectCosts as listCosts } from './queries/costs.ts'
export { lockChannel } from './queries/locks.ts'

/** Every channel, in its order. */
export async function listChannels(db: Queryable): Promise<Channel[]> {
  return selectChannels(db, null)
}

/** Every site, by name. */
export async function listSites(db: Queryable): Promise<Site[]> {
  return selectSites(db, null)
}

/**
 * Where something done at a site happened, as events tell it: the site, and the channel of its till. What was bought on the web
 * and is handed over in a shop meets its buyer in the shop's channel.
 */
export async function whereAt(
  db: Queryable,
  siteId: string,
): Promise<{ siteName: string | null; channelCode: string | null }> {
  return (await selectSiteAndTill(db, siteId)) ?? { siteName: null, channelCode: null }
}

/** The site with an id, or undefined. */
export async function siteById(db: Queryable, id: string): Promise<Site | undefined> {
  return (await selectSites(db, [id]))[0]
}

/**
 * The sites of a channel where what it sells can be picked up: those it sells for, that offer it, and have a shelf to pick up
 * from. Whoever shows, prices or places a pick-up asks here.
 */
export function pickupSites(
  channel: { readonly siteIds: Iterable<string>; readonly sellsPickup: boolean },
  sites: ReadonlyMap<string, Pick<Site, 'offersPickup'>>,
  hasPickupShelf: (siteId: string) => boolean,
): Set<string> {
  if (!channel.sellsPickup) return new Set()
  return new Set([...channel.siteIds].filter((id) => sites.get(id)?.offersPickup === true && hasPickupShelf(id)))
}
