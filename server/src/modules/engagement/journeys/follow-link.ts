import { urlOf } from '@ecluse/contracts/client.ts'
import { journeyEndpoints } from '@ecluse/contracts/journey-endpoints.ts'
import type { Config } from '../../../kernel/config.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import type { FollowedMail } from '../mail/compose-own.ts'
import { readLinkToken, writeLinkToken } from './link-token.ts'
import { claimClicks, clicksOf, deleteJudged, insertClick, type ClickRow } from './queries/link-clicks.ts'
import { noteContactEvents, type ToldEvent } from './told-contacts.ts'

/** So long after a click it is judged: who tries every link of a message has done by then. */
const judgedAfterMs = 60_000
/** What was judged is known so long to what comes after it. */
const knownMs = 10 * 60_000
const batchSize = 500
const longestAgent = 500
const longestLink = 1_000

/** The links of a message to one person, as they lead through us. */
export function linksThroughUs(config: Config, partyId: string, contactId: string): FollowedMail {
  const through = (href: string) => {
    const token = writeLinkToken(config, { partyId, contactId, href })
    return `${config.publicUrl}${urlOf(journeyEndpoints.followLink.path, {}, { token })}`
  }
  // Only pages can be led to: an address to write to or a number to call opens as it is.
  const followed = (href: string) => /^https?:/i.test(href) && href.length <= longestLink
  return { link: (href) => (followed(href) ? through(href) : href), trap: through('') }
}

/** A request of a link, as far as it tells people from machines. */
export type LinkRequest = { readonly method: string; readonly userAgent: string; readonly purpose: string }

/**
 * Where a link leads, and that somebody followed it: they are not made to wait when that cannot be noted. What is none of ours leads to
 * the shop, as the link does that nobody sees.
 */
export async function followLink(ctx: Ctx, token: string, request: LinkRequest): Promise<string> {
  const home = `${ctx.config.publicUrl}/`
  const link = readLinkToken(ctx.config, token)
  if (link === null) return home
  const { partyId: party_id, contactId: contact_id, href } = link
  const row: ClickRow = {
    party_id,
    id: ctx.ids.next(),
    contact_id,
    at: ctx.clock.now(),
    user_agent: request.userAgent.slice(0, longestAgent),
    sign: signOf(href, request),
  }
  await insertClick(ctx.db, row).catch((error: unknown) =>
    ctx.log.error({ err: error, contactId: contact_id }, 'a followed link was not noted'),
  )
  return href === '' ? home : href
}

function signOf(href: string, { method, purpose }: LinkRequest): ClickRow['sign'] {
  if (href === '') return 'trap'
  if (method === 'HEAD') return 'head'
  return /prefetch|prerender|preview/i.test(purpose) ? 'ahead' : null
}

/**
 * Judges the clicks of a while ago, each with all that was followed around it in the same message, and counts them: people's apart from
 * machines'. Claimed and counted in one transaction: each counts once.
 * @returns how many were judged
 */
export function judgeClicks(ctx: Ctx): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const now = ctx.clock.now()
    await deleteJudged(tx, new Date(now.getTime() - knownMs))
    const due = await claimClicks(tx, new Date(now.getTime() - judgedAfterMs), now, batchSize)
    if (due.length === 0) return 0
    await noteContactEvents(ctx, tx, due.map(toldOf), (await clicksOf(tx, due)).map(toldOf))
    return due.length
  })
}

function toldOf({ contact_id, party_id, at, user_agent, sign }: ClickRow): ToldEvent {
  return { contactId: contact_id, partyId: party_id, kind: 'clicked', at, userAgent: user_agent, ip: '', sign }
}
