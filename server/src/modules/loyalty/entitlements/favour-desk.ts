import type { DeliveryFavour } from '@ecluse/contracts/carts.ts'
import type { LoyaltyBenefit } from '@ecluse/contracts/loyalty.ts'
import { requirePermission, type Ctx, type Services } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { membersOf, partyById, partyOfKey } from '../../customers/public.ts'
import type { Buyer, FavourDesk } from '../../orders/public.ts'
import { accountsWith, entitlementsAt, type EntitlementRow } from '../queries/entitlements.ts'
import { currentProgramme } from '../queries/programmes.ts'
import { memberOfCard } from '../read-member.ts'
import { readEffects } from './read-entitlements.ts'

/** How long it may be until somebody who was just entitled is known to be. */
const rememberedMs = 60_000

/**
 * Tells what recognition gives whoever buys. Which accounts are delivered free is kept in memory, for a minute, and looked at again
 * beside whoever asks: only those are asked of the database, so that an entitlement that has ended is not given, and nobody else waits.
 */
export function createFavourDesk({ db, clock, log }: Services): FavourDesk {
  let known: ReadonlySet<string> | null = null
  let lookedAt = 0
  const look = (): void => {
    const now = clock.now()
    if (Math.abs(now.getTime() - lookedAt) < rememberedMs) return
    lookedAt = now.getTime()
    possible(db, now)
      .then((accounts) => (known = new Set(accounts)))
      .catch((error: unknown) => log.error({ err: error }, 'who is delivered free could not be read'))
  }
  return {
    freeDelivery(ctx, buyer) {
      if (buyer && isNamed(buyer)) return freeDeliveryOf(ctx, buyer)
      if (ctx.actor.kind !== 'account') return null
      look()
      // Before the first look has answered, everybody is asked of the database.
      return known === null || known.has(ctx.actor.accountId) ? freeDeliveryOf(ctx, {}) : null
    },
    mayBuyEarly: async (ctx, buyer = {}) => (await benefitOf(ctx, buyer, 'early_access')) !== undefined,
  }
}

const isNamed = ({ cardNumber, customerId, partyId }: Buyer): boolean =>
  cardNumber !== undefined || customerId !== undefined || Boolean(partyId)

async function possible(db: Queryable, now: Date): Promise<string[]> {
  const effects = await readEffects(db)
  const byTreatment = Object.values(effects).some(({ benefits }) => benefits.includes('free_delivery'))
  return accountsWith(db, { benefit: 'free_delivery', byTreatment, now })
}

async function freeDeliveryOf(ctx: Ctx, buyer: Buyer): Promise<DeliveryFavour | null> {
  const found = await benefitOf(ctx, buyer, 'free_delivery')
  if (!found) return null
  const { source, reason } = found
  const programme = source === 'tier' ? await currentProgramme(ctx.db) : undefined
  return { source, name: programme?.rule.tiers.find(({ code }) => code === reason)?.name[ctx.locale] ?? null }
}

async function benefitOf(ctx: Ctx, buyer: Buyer, benefit: LoyaltyBenefit): Promise<EntitlementRow | undefined> {
  const partyId = await whoBuys(ctx, buyer)
  if (!partyId) return undefined
  const rows = await entitlementsAt(ctx.db, await membersOf(ctx.db, partyId), ctx.clock.now())
  return rows.find((row) => row.benefit === benefit)
}

/** A card or a customer is named by those who work here; anybody else buys as themself. @throws access.*, loyalty.card_unknown, customers.not_found */
async function whoBuys(ctx: Ctx, { cardNumber, customerId, partyId }: Buyer): Promise<string | undefined> {
  if (cardNumber !== undefined) {
    requirePermission(ctx.actor, 'till:sell')
    return memberOfCard(ctx.db, cardNumber)
  }
  if (customerId !== undefined) {
    requirePermission(ctx.actor, 'customers:read')
    const party = await partyById(ctx.db, customerId)
    if (!party) throw refuse('customers.not_found')
    return party.id
  }
  if (partyId) return partyId
  return ctx.actor.kind === 'account' ? partyOfKey(ctx.db, 'account', ctx.actor.accountId) : undefined
}
