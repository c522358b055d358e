import { command } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { readCustomers } from '../modules/customers/public.ts'
import { openForCustomer } from '../modules/rights/public.ts'
import type { DemoStage } from './demo-stage.ts'

/** What people asked about their data, by letter and on the telephone. */
const asked = [
  { kind: 'access', reason: 'Lettre reçue au magasin de Nantes : souhaite une copie de ses données.' },
  { kind: 'rectification', reason: 'Au téléphone : a déménagé, et son nom s’écrit avec un tiret.' },
] as const

/** Notes what a few customers asked about their data: the desk has something to show. */
export async function askRights({ app }: DemoStage): Promise<void> {
  const ctx = systemContext(app.services, 'demo')
  const customers = await readCustomers(app.services.db, { afterId: null, limit: asked.length })
  await command(ctx, async (tx) => {
    for (const [index, { id }] of customers.entries()) {
      const what = asked[index]
      if (what) await openForCustomer(ctx, tx, { customerId: id, ...what })
    }
  })
}
