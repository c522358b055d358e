import type { Service } from '@ecluse/contracts/appointments.ts'
import type { LoyaltyBenefit } from '@ecluse/contracts/loyalty.ts'
import { may, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { partyOfKey } from '../customers/public.ts'
import { entitlementsOf } from '../loyalty/public.ts'

/**
 * What whoever asks is entitled to, with what says so. It is asked of who is signed in: an address that is only typed proves nothing.
 * The team asks for the customer whose address it typed.
 */
async function benefitsOf(ctx: Ctx, tx: Tx, email: string | null): Promise<ReadonlyMap<LoyaltyBenefit, string>> {
  const { actor } = ctx
  const team = may(actor, 'orders:read')
  const account = actor.kind === 'account' ? actor.accountId : null
  const partyId = team
    ? email && (await partyOfKey(tx, 'email', email.toLowerCase()))
    : account && (await partyOfKey(tx, 'account', account))
  if (!partyId) return new Map()
  return (await entitlementsOf({ db: tx, clock: ctx.clock }, [partyId])).get(partyId) ?? new Map()
}

/** Hours kept for some are booked by themselves by who is entitled only. @throws service.not_entitled */
export async function requireEntitled(ctx: Ctx, tx: Tx, { benefit }: Pick<Service, 'benefit'>): Promise<void> {
  if (!benefit || may(ctx.actor, 'orders:read')) return
  if (!(await benefitsOf(ctx, tx, null)).has(benefit)) throw refuse('service.not_entitled', { benefit })
}

/** What gives somebody a line of their own; null: they wait with everybody. */
export async function firstBy(ctx: Ctx, tx: Tx, email: string | null): Promise<string | null> {
  return (await benefitsOf(ctx, tx, email)).get('own_line') ?? null
}
