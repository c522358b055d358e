import type { Ctx } from '../../kernel/context.ts'
import { listChannels, listSites } from '../channels/public.ts'
import { dayOf } from '../insights/public.ts'
import { quoted, type Issue, type IssueLog } from './domain/issue.ts'
import { noOutcomes, type BatchResult } from './importer.ts'

/** What lines of before are read against. */
export type KnownPast = {
  readonly channels: ReadonlySet<string>
  readonly siteIds: ReadonlyMap<string, string>
  /** As `2026-03-02`: nothing of before lies after it. */
  readonly today: string
  /** Of lines that name no system. */
  readonly source: string
}

export async function knownPast(ctx: Ctx): Promise<KnownPast> {
  const [channels, sites] = await Promise.all([listChannels(ctx.db), listSites(ctx.db)])
  return {
    channels: new Set(channels.map(({ code }) => code)),
    siteIds: new Map(sites.map(({ code, id }) => [code, id])),
    today: dayOf(ctx.clock.now()),
    source: 'avant',
  }
}

/** Where something was sold or met; null, and told, when that is nowhere of ours. */
export function pastWhere(
  line: number,
  { channel, shop }: { channel: string; shop: string },
  known: KnownPast,
  log: IssueLog,
): { channel_code: string; site_id: string | null } | null {
  const site = shop === '' ? null : known.siteIds.get(shop)
  if (!known.channels.has(channel)) log.refuse(line, 'import.channel_unknown', 'channel', { value: quoted(channel) })
  if (site === undefined) log.refuse(line, 'import.shop_unknown', 'shop', { value: quoted(shop) })
  return known.channels.has(channel) && site !== undefined ? { channel_code: channel, site_id: site } : null
}

/** How lines of before ended. */
export function pastResult(
  given: number,
  { issues, records, blankLines }: { issues: readonly Issue[]; records: number; blankLines: number },
  { created, updated }: { created: number; updated: number },
): BatchResult {
  return {
    outcomes: { ...noOutcomes, created, updated, unchanged: given - created - updated, refused: records - given },
    issues,
    counts: { lines: records + blankLines, blankLines },
  }
}
