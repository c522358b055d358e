import { claimKeys, command } from '../kernel/command.ts'
import { systemContext, type Ctx } from '../kernel/context.ts'
import type { Tx } from '../kernel/db.ts'
import { earnAtPartner, listMembers, savePartner, spendAtPartner } from '../modules/loyalty/public.ts'
import { onceKey, type DemoStage } from './demo-stage.ts'

const dayMs = 86_400_000

/** Two firms nearby give the points of Alizé and take them; one partnership has ended. */
export async function visitPartners({ app, clock, today }: DemoStage): Promise<void> {
  const ctx = systemContext(app.services, 'demo')
  await command(ctx, async (tx) => {
    const [before] = await claimKeys(ctx, tx, [onceKey('partners')])
    if (before) return
    const limits = { personDayEarn: 1_000, personDaySpend: 2_000, dayEarn: 50_000, daySpend: 50_000 }
    const rail = await savePartner(ctx, tx, null, {
      ...limits,
      name: 'Rail & Océan',
      contactName: 'Nadia Kerbrat',
      contactEmail: 'fidelite@rail-et-ocean.example',
      contactPhone: '+33240000071',
      soldMinor: 550,
      boughtMinor: 480,
      stopped: false,
    })
    await savePartner(ctx, tx, null, {
      ...limits,
      name: 'Gîtes du Ponant',
      contactName: 'Yann Le Goff',
      contactEmail: 'contact@gites-du-ponant.example',
      contactPhone: null,
      soldMinor: 600,
      boughtMinor: 500,
      stopped: true,
    })
    const till: Ctx = {
      ...ctx,
      actor: { kind: 'api_key', keyId: rail.id, name: rail.name, permissions: new Set(), partnerId: rail.id },
    }
    await atTills(till, tx, { clock, today })
  })
}

/** Some members buy a ticket with the card, and some pay with their points. */
async function atTills(ctx: Ctx, tx: Tx, { clock, today }: Pick<DemoStage, 'clock' | 'today'>): Promise<void> {
  const members = await listMembers(tx, { tier: undefined, after: undefined, limit: 8 })
  for (const [index, { card_number: cardNumber, active }] of members.entries()) {
    clock.set(new Date(today.getTime() - (12 - index) * dayMs))
    const shop = index % 2 === 0 ? 'Nantes' : 'Rennes'
    const reference = `RO-${String(4_120 + index)}`
    await earnAtPartner(ctx, tx, { cardNumber, points: 40 + 15 * index, reference, shop })
    if (active > 100n) await spendAtPartner(ctx, tx, { cardNumber, points: 100, reference, shop, hold: false })
  }
  clock.set(today)
}
