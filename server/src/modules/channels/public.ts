import type { Channel, Site } from '@ecluse/contracts/channels.ts'
import type { Queryable } from '../../kernel/db.ts'
import { selectChannels } from './queries/channels.ts'
import { selectSites } from './queries/sites.ts'

export { isOpen, readyAt } from './domain/opening-hours.ts'
export { putChannel, type ChannelInput } from './put-channel.ts'
export { putSite, type SiteInput } from './put-site.ts'
export { lockChannel } from './queries/channels.ts'

/** Every channel, in its order. */
export async function listChannels(db: Queryable): Promise<Channel[]> {
  return selectChannels(db, null)
}

/** The channel with a code, or undefined. */
export async function channelByCode(db: Queryable, code: string): Promise<Channel | undefined> {
  return (await selectChannels(db, code))[0]
}

/** Every site, by name. */
export async function listSites(db: Queryable): Promise<Site[]> {
  return selectSites(db, null)
}

/** The site with an id, or undefined. */
export async function siteById(db: Queryable, id: string): Promise<Site | undefined> {
  return (await selectSites(db, [id]))[0]
}
