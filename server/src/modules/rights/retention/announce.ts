import type { RetentionNotice } from '@ecluse/contracts/retention.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { readableNumber } from '../../../kernel/ids.ts'
import { queueRightsMail } from '../../engagement/public.ts'
import { readLinkToken, writeLinkToken } from '../link-token.ts'
import { lockCase } from '../queries/locks.ts'
import { caseById, putCases, type CaseRow } from '../queries/retention.ts'
import type { RightsDesk } from '../rights-desk.ts'
import { tellOf } from './tell-of.ts'

/** Tells somebody that they will be erased, with a link to stay. */
export async function announce(ctx: Ctx, tx: Tx, desk: RightsDesk, row: CaseRow, address: string): Promise<void> {
  await queueRightsMail(ctx, tx, {
    requestId: row.id,
    number: `C-${readableNumber('retention case', row.id, 7)}`,
    kind: 'retention',
    occurrence: row.announced_on ?? '',
    locale: row.locale,
    recipient: address,
    partyId: row.party_id,
    link: desk.keepLink(row.locale, writeLinkToken(ctx.config, row.id)),
    until: new Date(`${row.erase_on}T12:00:00Z`),
  })
}

export const noticeOf = ({ state, erase_on, locale }: CaseRow): RetentionNotice => ({
  state,
  eraseOn: erase_on,
  locale,
})

/**
 * Whoever was told says that they stay: an act of theirs, from which their time is counted again. Said again, it changes nothing.
 * @throws rights.link_invalid when it is not one of ours, or they are erased already or being so
 */
export async function keepOnWish(ctx: Ctx, tx: Tx, token: string): Promise<RetentionNotice> {
  const id = readLinkToken(ctx.config, token)
  if (!(await lockCase(tx, id))) throw refuse('rights.link_invalid')
  const row = await caseById(tx, id)
  if (!row || row.state === 'erasing') throw refuse('rights.link_invalid')
  if (row.state === 'kept') return noticeOf(row)
  const now = ctx.clock.now()
  const kept: CaseRow = { ...row, state: 'kept', kept_at: now, announced_on: null, updated_at: now }
  await putCases(tx, [kept])
  await tellOf(ctx, tx, [{ partyId: row.party_id, state: 'kept' }])
  return noticeOf(kept)
}
