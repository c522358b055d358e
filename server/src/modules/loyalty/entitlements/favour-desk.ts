import type { DeliveryFavour } from '@ecluse/contracts/carts.ts'
import type { Ctx, Services } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { membersOf, partyOfKey } from '../../customers/public.ts'
import type { FavourDesk } from '../../orders/public.ts'
import { accountsWith, entitlementsAt } from '../queries/entitlements.ts'
import { currentProgramme } from '../queries/programmes.ts'
import { readEffects } from './read-entitlements.ts'

/** How long it may be until somebody who was just entitled is known to be. */
const rememberedMs = 60_000

/**
 * Tells who is delivered free. Which accounts may be is kept in memory, for a minute, and looked at again beside whoever asks: only those
 * are asked of the database, so that an entitlement that has ended is not given, and nobody else waits.
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
    freeDelivery(ctx) {
      if (ctx.actor.kind !== 'account') return null
      look()
      // Before the first look has answered, everybody is asked of the database.
      return known === null || known.has(ctx.actor.accountId) ? askedOf(ctx, ctx.actor.accountId) : null
    },
  }
}

async function possible(db: Queryable, now: Date): Promise<string[]> {
  const effects = await readEffects(db)
  const byTreatment = Object.values(effects).some(({ benefits }) => benefits.includes('free_delivery'))
  return accountsWith(db, { benefit: 'free_delivery', byTreatment, now })
}

async function askedOf(ctx: Ctx, accountId: string): Promise<DeliveryFavour | null> {
  const partyId = await partyOfKey(ctx.db, 'account', accountId)
  if (partyId === undefined) return null
  const rows = await entitlementsAt(ctx.db, await membersOf(ctx.db, partyId), ctx.clock.now())
  const found = rows.find(({ benefit }) => benefit === 'free_delivery')
  if (!found) return null
  const { source, reason } = found
  const programme = source === 'tier' ? await currentProgramme(ctx.db) : undefined
  return { source, name: programme?.rule.tiers.find(({ code }) => code === reason)?.name[ctx.locale] ?? null }
}
