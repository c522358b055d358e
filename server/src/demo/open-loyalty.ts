import type { LoyaltyRule } from '@ecluse/contracts/loyalty.ts'
import { command } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { resolveParties } from '../modules/customers/public.ts'
import { claimReferral, followTime, joinLoyalty, readReferral, saveProgramme } from '../modules/loyalty/public.ts'
import type { DemoStage } from './demo-stage.ts'
import { demoCustomer, demoCustomerCount } from './people.ts'
import { visitPartners } from './visit-partners.ts'

/** The card of Alizé: a point for a euro, twice for spare parts, nothing for what is downloaded. */
const rule: LoyaltyRule = {
  name: { fr: 'Le Cercle Alizé', en: 'The Alizé Circle' },
  pointsPer100Euros: 100,
  multipliers: [{ categoryCode: 'pieces', channelCode: null, percent: 200 }],
  activation: 'return_period',
  expiryMonths: 18,
  reward: { points: 200, valueMinor: 1_000 },
  referral: { sponsorPoints: 200, friendPoints: 100 },
  tiers: [
    { code: 'brise', name: { fr: 'Brise', en: 'Breeze' }, fromMinor: 30_000, percent: 110, benefits: ['early_access'] },
    {
      code: 'grand-large',
      name: { fr: 'Grand large', en: 'High seas' },
      fromMinor: 150_000,
      percent: 150,
      benefits: ['own_line', 'early_access', 'workshop'],
    },
  ],
  windowMonths: 12,
}

/** Every second customer has the card before the month of orders begins; their points then come by themselves. */
export async function openLoyalty({ app, state }: DemoStage): Promise<void> {
  const ctx = systemContext(app.services, 'demo')
  const people = Array.from({ length: demoCustomerCount / 2 }, (_, index) => demoCustomer(2 * index))
  await command(ctx, async (tx) => {
    await saveProgramme(ctx, tx, rule)
    const inputs = people.map(({ name, email, phone, locale }) => {
      const accountId = state.members?.[email] ?? null
      return { name, email, phone, accountId, locale, source: 'loyalty', channelCode: 'web' }
    })
    const found = (await resolveParties(ctx, tx, inputs)).flatMap((one) => (one ? [one.partyId] : []))
    for (const partyId of found) await joinLoyalty(ctx, tx, { partyId, channelCode: 'web', source: 'loyalty' })
    // The first one brought three friends, who have not bought yet.
    const [sponsor = '', ...others] = found
    const { code } = await readReferral(ctx, tx, sponsor)
    if (code !== null) for (const friend of others.slice(0, 3)) await claimReferral(ctx, tx, friend, code)
  })
}

/** Points whose time to change one's mind is over become active; then some are spent at a partner's. */
export async function activatePoints(stage: DemoStage): Promise<void> {
  await followTime(systemContext(stage.app.services, 'demo'))
  await visitPartners(stage)
}
