import { media, type ConsentPurpose } from '@ecluse/contracts/consents.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import { customerById, permissionFor } from '../../customers/public.ts'
import { escalate, type Candidate, type Escalation } from '../domain/escalate.ts'
import { priceOf } from '../domain/sms-parts.ts'
import { pushServices } from '../push/queries/devices.ts'
import { socialNameOf } from '../social/queries/social-names.ts'
import { mediaThatFailed } from './queries/texts.ts'
import { readPrices } from './weigh-text.ts'

/** How long a failure keeps a medium from being tried first. */
const failedForDays = 30

/**
 * By which medium a customer would be reached now for something, and why not by another: e-mail first, text messages to volunteers,
 * calls and letters only when asked for.
 * @throws customers.not_found
 */
export async function chooseMedium(ctx: Ctx, customerId: string, purpose: ConsentPurpose): Promise<Escalation> {
  const party = await customerById(ctx.db, customerId)
  if (!party) throw refuse('customers.not_found')
  const at = ctx.clock.now()
  const failed = await mediaThatFailed(ctx.db, party.id, new Date(at.getTime() - failedForDays * 86_400_000))
  const addresses = {
    email: party.email,
    sms: party.phone,
    phone: party.phone,
    letter: party.address && JSON.stringify(party.address),
    visit: party.address && JSON.stringify(party.address),
    push: await pushServices(ctx.db, party.id),
    social: await socialNameOf(ctx.db, party.id),
  }
  const candidates: Candidate[] = []
  for (const medium of media) {
    const address = addresses[medium]
    if (!address) continue
    const { allowed, reason } = await permissionFor(ctx.config, ctx.db, {
      partyId: party.id,
      medium,
      purpose,
      address,
      at,
    })
    const costMicro = medium === 'sms' ? (priceOf(1, address, readPrices(ctx.config.smsPrices)) ?? 0) : 0
    const tried = failed.find((one) => one.medium === medium)?.failed ?? 0
    candidates.push({ medium, allowed, volunteered: reason === 'consented', asked: false, costMicro, failed: tried })
  }
  return escalate(candidates)
}
