import { loyaltyEndpoints as endpoints, type LoyaltyMember } from '@ecluse/contracts/loyalty.ts'
import { referralEndpoints } from '@ecluse/contracts/referral.ts'
import { command } from '../../kernel/command.ts'
import type { Ctx } from '../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../kernel/cursor.ts'
import { inTransaction, type Queryable } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { noteStoreVisit, partyById, partyOfKey, resolveParties } from '../customers/public.ts'
import { claimPurchase } from './claim-purchase.ts'
import { endOf } from './domain/days.ts'
import { joinLoyalty } from './join-loyalty.ts'
import { listMembers } from './queries/members.ts'
import { currentProgramme } from './queries/programmes.ts'
import { claimReferral, readReferral } from './referral/refer-friends.ts'
import { readLiability } from './read-liability.ts'
import { memberOfCard, readMember } from './read-member.ts'
import { saveProgramme, viewProgramme } from './save-programme.ts'
import { adjustPoints, spendPoints } from './spend-points.ts'

/** The loyalty programme, its members, and their points. */
export const loyaltyRoutes: Routes = (app, services) => {
  programmeRoutes(app, services)
  memberRoutes(app, services)
  tillRoutes(app, services)
  ownRoutes(app, services)
}

const programmeRoutes: Routes = (app, services) => {
  implement(app, services, 'getLoyaltyProgramme', endpoints.getLoyaltyProgramme, async ({ db }) => {
    const row = await currentProgramme(db)
    return { programme: row ? viewProgramme(row) : null }
  })
  implement(app, services, 'putLoyaltyProgramme', endpoints.putLoyaltyProgramme, (ctx, { body }) =>
    command(ctx, (tx) => saveProgramme(ctx, tx, body)),
  )
  implement(app, services, 'getLoyaltyLiability', endpoints.getLoyaltyLiability, ({ db }) => readLiability(db))
}

const memberRoutes: Routes = (app, services) => {
  implement(app, services, 'listLoyaltyMembers', endpoints.listLoyaltyMembers, async ({ db }, { query }) => {
    const after = decodeCursor(query.cursor, [cursorPatterns.instant, cursorPatterns.uuid])
    const rows = await listMembers(db, { tier: query.tier, after, limit: query.limit + 1 })
    return pageOf(
      rows,
      query.limit,
      (row) => ({
        customerId: row.party_id,
        name: row.name,
        email: row.email,
        cardNumber: row.card_number,
        joinedAt: row.joined_at.toISOString(),
        tier: row.tier,
        active: Number(row.active),
        pending: Number(row.pending),
      }),
      (row) => [row.joined_at, row.party_id],
    )
  })
  implement(app, services, 'getLoyaltyMember', endpoints.getLoyaltyMember, async (ctx, { params }) => ({
    member: await readMember(ctx, ctx.db, params.customerId),
  }))
  implement(app, services, 'joinLoyalty', endpoints.joinLoyalty, (ctx, { params }) =>
    command(ctx, async (tx) => {
      // A customer is shown as whom they were merged into: that is who joins.
      const customer = await partyById(tx, params.customerId)
      if (!customer) throw refuse('customers.not_found')
      return memberAfter(
        ctx,
        tx,
        await joinLoyalty(ctx, tx, { partyId: customer.id, channelCode: null, source: 'staff' }),
      )
    }),
  )
  implement(app, services, 'adjustLoyaltyPoints', endpoints.adjustLoyaltyPoints, (ctx, { params, body }) =>
    command(ctx, async (tx) => {
      const programme = await currentProgramme(tx)
      if (!programme) throw refuse('loyalty.no_programme')
      const expiresAt = endOf(ctx.clock.now(), programme.rule.expiryMonths)
      await adjustPoints(ctx, tx, params.customerId, { ...body, expiresAt })
      return memberAfter(ctx, tx, params.customerId)
    }),
  )
}

const tillRoutes: Routes = (app, services) => {
  implement(app, services, 'findLoyaltyCard', endpoints.findLoyaltyCard, (ctx, { body: { cardNumber, channelCode } }) =>
    command(ctx, async (tx) => {
      const partyId = await memberOfCard(tx, cardNumber)
      if (channelCode !== null) await noteStoreVisit(ctx, tx, { partyId, channelCode })
      return memberAfter(ctx, tx, partyId)
    }),
  )
  implement(app, services, 'joinLoyaltyAtTill', endpoints.joinLoyaltyAtTill, (ctx, { body }) =>
    command(ctx, async (tx) => {
      const { name, email, phone, channelCode, locale } = body
      const [found] = await resolveParties(ctx, tx, [{ name, email, phone, channelCode, locale, source: 'till' }])
      if (!found) throw refuse('customers.nothing_identifies')
      return memberAfter(ctx, tx, await joinLoyalty(ctx, tx, { partyId: found.partyId, channelCode, source: 'till' }))
    }),
  )
  implement(app, services, 'claimLoyaltyPurchase', endpoints.claimLoyaltyPurchase, (ctx, { body }) =>
    command(ctx, async (tx) => {
      const partyId = await memberOfCard(tx, body.cardNumber)
      await claimPurchase(ctx, tx, body.orderId, partyId)
      return memberAfter(ctx, tx, partyId)
    }),
  )
  implement(app, services, 'spendLoyaltyCard', endpoints.spendLoyaltyCard, (ctx, { body }) =>
    command(ctx, async (tx) => spendPoints(ctx, tx, await memberOfCard(tx, body.cardNumber), body.rewards)),
  )
}

const ownRoutes: Routes = (app, services) => {
  implement(app, services, 'getMyLoyalty', endpoints.getMyLoyalty, async (ctx) => {
    const partyId = await partyOfKey(ctx.db, 'account', ownAccount(ctx).accountId)
    return { member: partyId === undefined ? null : await readMember(ctx, ctx.db, partyId) }
  })
  implement(app, services, 'joinMyLoyalty', endpoints.joinMyLoyalty, (ctx, { body }) =>
    command(ctx, async (tx) => {
      const { accountId, name, email } = ownAccount(ctx)
      const known = { accountId, name, email, locale: body.locale, channelCode: 'web', source: 'account' }
      const [found] = await resolveParties(ctx, tx, [known])
      if (!found) throw refuse('customers.nothing_identifies')
      return memberAfter(
        ctx,
        tx,
        await joinLoyalty(ctx, tx, { partyId: found.partyId, channelCode: 'web', source: 'account' }),
      )
    }),
  )
  implement(app, services, 'getMyReferral', referralEndpoints.getMyReferral, (ctx) =>
    inTransaction(ctx.db, async (tx) => readReferral(ctx, tx, await ownParty(ctx, tx))),
  )
  implement(app, services, 'claimReferral', referralEndpoints.claimReferral, (ctx, { body }) =>
    command(ctx, async (tx) => claimReferral(ctx, tx, await ownParty(ctx, tx), body.code)),
  )
  implement(app, services, 'spendMyPoints', endpoints.spendMyPoints, (ctx, { body }) =>
    command(ctx, async (tx) => {
      const partyId = await partyOfKey(tx, 'account', ownAccount(ctx).accountId)
      if (partyId === undefined) throw refuse('loyalty.not_member')
      return spendPoints(ctx, tx, partyId, body.rewards)
    }),
  )
}

/** The customer who is signed in. @throws access.not_signed_in, loyalty.not_member */
async function ownParty(ctx: Ctx, db: Queryable): Promise<string> {
  const partyId = await partyOfKey(db, 'account', ownAccount(ctx).accountId)
  if (partyId === undefined) throw refuse('loyalty.not_member')
  return partyId
}

/** Who is signed in, as a person. @throws access.not_signed_in */
function ownAccount({ actor }: Ctx): { accountId: string; name: string; email: string } {
  if (actor.kind !== 'account' && actor.kind !== 'staff') throw refuse('access.not_signed_in')
  return actor
}

/** A member as they are after what was just done. @throws loyalty.not_member */
async function memberAfter(ctx: Ctx, db: Queryable, customerId: string): Promise<LoyaltyMember> {
  const member = await readMember(ctx, db, customerId)
  if (!member) throw refuse('loyalty.not_member')
  return member
}
