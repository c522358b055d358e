import type { Channel, Site } from '@ecluse/contracts/channels.ts'
import type { Queryable } from '../../kernel/db.ts'
import { selectChannels } from './queries/channels.ts'
import { selectSites } from './queries/sites.ts'

export { readyAt } from './domain/opening-hours.ts'
export { putChannel, type ChannelInput } from './put-channel.ts'
export { putSite, type SiteInput } from './put-site.ts'
export { lockChannel } from './queries/locks.ts'

/** Every channel, in its order. */
export async function listChannels(db: Queryable): Promise<Channel[]> {
  return selectChannels(db, null)
}

/** Every site, by name. */
export async function listSites(db: Queryable): Promise<Site[]> {
  return selectSites(db, null)
}

/** The site with an id, or undefined. */
export async function siteById(db: Queryable, id: string): Promise<Site | undefined> {
  return (await selectSites(db, [id]))[0]
}
