import { command } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { writeCustomers, type CustomerInput } from '../modules/customers/public.ts'
import { bySocial, receiveTextEvent } from '../modules/engagement/public.ts'
import { onceKey, type DemoStage } from './demo-stage.ts'

const dayMs = 86_400_000
/** Three years, which people are kept without an act of theirs. */
const keptDays = 3 * 365 + 1

/** Who asked for a catalogue and was never heard of again; since when they are known, in days before or after the three years. */
const forgotten = [
  { name: 'Armelle Kerguelen', email: 'armelle.kerguelen@autrefois.example', overdue: 60 },
  { name: 'Baptiste Oriol', email: 'baptiste.oriol@autrefois.example', overdue: 12 },
  { name: 'Célestine Vidal', email: 'celestine.vidal@autrefois.example', overdue: -9 },
  { name: 'Damien Roussel', email: 'damien.roussel@autrefois.example', overdue: 25 },
] as const

/** What people wrote to the firm on a network lately. */
const written = [
  { from: 'instagram:lea.pedale', text: 'Bonjour, le gravel vert existe-t-il en taille 54 ?', hoursAgo: 5 },
  { from: 'instagram:velo_du_quai', text: 'Vos ateliers du samedi, c’est sur inscription ?', hoursAgo: 26 },
] as const

/**
 * People of whom nothing was heard for about three years, and what strangers wrote on a network: the desk of retention and the answers
 * of networks have something to show. Who is due is found by the job that looks each night, done here once.
 */
export async function rememberForgotten({ app, clock, today }: DemoStage): Promise<void> {
  for (const { name, email, overdue } of forgotten) {
    clock.set(new Date(today.getTime() - (keptDays + overdue) * dayMs))
    const ctx = { ...systemContext(app.services, 'demo'), idempotency: onceKey(`forgotten ${name}`) }
    const address = { name, street: '4 rue de l’Écluse', postalCode: '44000', locality: 'Nantes', country: 'FR' }
    const customer: CustomerInput = { kind: 'person', name, email, locale: 'fr', address }
    await command(ctx, async (tx) => {
      await writeCustomers(ctx, tx, [customer])
      return {}
    })
  }
  clock.set(today)
  const ctx = systemContext(app.services, 'demo')
  await command(ctx, async (tx) => {
    for (const { from, text, hoursAgo } of written) {
      const at = new Date(today.getTime() - hoursAgo * 3_600_000).toISOString()
      await receiveTextEvent(ctx, tx, bySocial, { type: 'answer', id: `demo ${from}`, from, text, at })
    }
  })
  await app.relay.drain()
  await app.jobs.find(({ name }) => name === 'rights.retain')?.run(systemContext(app.services, 'retain'), {})
}
