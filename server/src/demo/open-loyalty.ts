import type { LoyaltyRule } from '@ecluse/contracts/loyalty.ts'
import { command } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { resolveParties } from '../modules/customers/public.ts'
import { followTime, joinLoyalty, saveProgramme } from '../modules/loyalty/public.ts'
import type { DemoStage } from './demo-stage.ts'
import { demoCustomer, demoCustomerCount } from './people.ts'

/** The card of Alizé: a point for a euro, twice for spare parts, nothing for what is downloaded. */
const rule: LoyaltyRule = {
  name: { fr: 'Le Cercle Alizé', en: 'The Alizé Circle' },
  pointsPer100Euros: 100,
  multipliers: [{ categoryCode: 'pieces', channelCode: null, percent: 200 }],
  activation: 'return_period',
  expiryMonths: 18,
  reward: { points: 200, valueMinor: 1_000 },
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
    for (const found of await resolveParties(ctx, tx, inputs))
      if (found) await joinLoyalty(ctx, tx, { partyId: found.partyId, channelCode: 'web', source: 'loyalty' })
  })
}

/** Points whose time to change one's mind is over become active. */
export async function activatePoints({ app }: DemoStage): Promise<void> {
  await followTime(systemContext(app.services, 'demo'))
}
