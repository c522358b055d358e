import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { recordInteractions, type Interaction } from '../interactions/record-interactions.ts'
import { ownersOf } from '../queries/parties.ts'
import { seenLately } from '../queries/visits.ts'
import { resolveParties } from '../resolve-parties.ts'

/** Who somebody said they are. */
export type VisitorWords = { readonly name: string; readonly email: string | null; readonly phone: string | null }

/** What one visitor looked at within a few seconds, each with its first moment. */
export type SeenVisitor = {
  readonly device: string
  readonly account: { readonly id: string; readonly email: string; readonly name: string } | null
  contact: VisitorWords | null
  readonly locale: Locale
  readonly channelCode: string
  readonly at: Date
  readonly products: Map<string, Date>
  readonly categories: Map<string, Date>
}

/** After so long without looking at anything, a visit is over. */
const visitEndsMs = 30 * 60_000

/**
 * Writes what visitors looked at, all in one transaction: who they are, what their device did before they said so, a visit when none
 * is under way, and each product and category once a visit. A device that several people use is nobody's: nothing is noted of it.
 */
export async function noteVisits(ctx: Ctx, visitors: readonly SeenVisitor[]): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const known = await knownAccounts(tx, visitors)
    const parties = await resolveParties(
      ctx,
      tx,
      visitors.map(({ device, account, contact, locale, channelCode, at }) => ({
        // Of an account that is known nothing new is said: its profile keeps the name it was given last.
        ...(account && !known.has(account.id) ? { name: account.name, email: account.email } : { name: '' }),
        ...contact,
        accountId: account?.id,
        external: [{ kind: 'device', value: device }],
        locale,
        channelCode,
        source: 'visit',
        at,
      })),
    )
    const found = visitors.flatMap((visitor, index) => {
      const partyId = parties[index]?.partyId
      return partyId === undefined ? [] : [{ partyId, visitor }]
    })
    if (found.length === 0) return
    const since = new Date(Math.min(...found.map(({ visitor }) => visitor.at.getTime())) - visitEndsMs)
    const lately = await seenLately(tx, [...new Set(found.map(({ partyId }) => partyId))], since)
    const already = new Set(lately.map(({ party_id, what }) => `${party_id} ${what}`))
    await recordInteractions(
      ctx,
      tx,
      found.flatMap(({ partyId, visitor }) => interactionsOf(ctx, partyId, visitor, already)),
    )
  })
}

async function knownAccounts(tx: Tx, visitors: readonly SeenVisitor[]): Promise<Set<string>> {
  const ids = [...new Set(visitors.flatMap(({ account }) => account?.id ?? []))]
  if (ids.length === 0) return new Set()
  const owners = await ownersOf(
    tx,
    ids.map((value) => ({ kind: 'account', value })),
  )
  return new Set(owners.filter(({ party_id }) => party_id !== null).map(({ value }) => value))
}

/** What is new of a visitor; what is added is in `already` from then on, for they may be there twice. */
function interactionsOf(ctx: Ctx, partyId: string, visitor: SeenVisitor, already: Set<string>): Interaction[] {
  const { channelCode, account, at, products, categories } = visitor
  const common = { partyId, channelCode }
  const isNew = (what: string): boolean => {
    const key = `${partyId} ${what}`
    if (already.has(key)) return false
    already.add(key)
    return true
  }
  const kind = account ? ('visit_signed_in' as const) : ('visit_anonymous' as const)
  const visit = isNew(kind) && (kind === 'visit_signed_in' || !already.has(`${partyId} visit_signed_in`))
  return [
    ...(visit ? [{ ...common, kind, at, id: ctx.ids.next() }] : []),
    ...[...products].flatMap(([productId, seenAt]): Interaction[] =>
      isNew(productId)
        ? [{ ...common, kind: 'product_view', at: seenAt, id: ctx.ids.next(), productId, subjectId: productId }]
        : [],
    ),
    ...[...categories].flatMap(([detail, seenAt]): Interaction[] =>
      isNew(`category ${detail}`) ? [{ ...common, kind: 'category_view', at: seenAt, id: ctx.ids.next(), detail }] : [],
    ),
  ]
}
