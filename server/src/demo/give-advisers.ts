import { command } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { listStaff } from '../modules/access/public.ts'
import { assignAdvisers, putAdviser } from '../modules/service/public.ts'
import type { DemoStage } from './demo-stage.ts'
import { demoStaff } from './people.ts'

/** What the people who run shops know, and whom they talk to. */
const known: Readonly<Record<string, { languages: ('fr' | 'en')[]; categoryCodes: string[]; mostCustomers: number }>> =
  {
    nantes: { languages: ['fr', 'en'], categoryCodes: ['ville', 'cargo', 'electriques'], mostCustomers: 120 },
    lyon: { languages: ['fr'], categoryCodes: ['route', 'gravel', 'vtt'], mostCustomers: 80 },
  }

/** Those who run shops look after the customers of the site. */
export async function giveAdvisers({ app, clock, today }: DemoStage): Promise<void> {
  clock.set(today)
  const ctx = systemContext(app.services, 'demo')
  for (const { role, shop, email } of demoStaff) {
    const settings = known[shop ?? '']
    if (role !== 'shop_manager' || !settings) continue
    const [staff] = await listStaff(ctx.db, { q: email, after: undefined, limit: 1 })
    if (staff) await command(ctx, (tx) => putAdviser(ctx, tx, staff.id, { ...settings, active: true }))
  }
  await assignAdvisers(ctx)
}
