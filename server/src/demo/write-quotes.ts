import type { QuoteInput } from '@ecluse/contracts/quotes.ts'
import { command, Replay } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { createSeededRng } from '../kernel/rng.ts'
import { loadCatalogProducts } from '../modules/catalog/public.ts'
import { acceptQuote, createQuote, quoteForMessage, reviseQuote, sendQuote } from '../modules/orders/public.ts'
import { onceKey, settle, type DemoStage } from './demo-stage.ts'
import { demoCustomer, demoCustomerCount } from './people.ts'

const dayMs = 86_400_000

/** How far each quote of the demo has come, how old it is, and what was negotiated. */
const quotes = [
  { age: 12, percent: 8, quantity: 6, company: 'Coursiers de Loire', until: 'accepted' },
  { age: 6, percent: 5, quantity: 3, company: 'Mairie de Rezé', until: 'revised' },
  { age: 3, percent: 10, quantity: 4, company: 'Gîtes du Marais', until: 'sent' },
  { age: 2, percent: 18, quantity: 10, company: 'Facteurs à vélo', until: 'to_approve' },
  { age: 1, percent: 0, quantity: 1, company: null, until: 'draft' },
] as const

/** A few quotes of the hotline, at every step of their life. */
export async function writeQuotes(stage: DemoStage): Promise<void> {
  const { app, clock, state, today } = stage
  const draw = createSeededRng(state.seed + 3)
  await app.model.refresh()
  const found: { handle: string; id: string }[] = []
  for await (const page of loadCatalogProducts(app.services.db))
    found.push(...page.flatMap(({ handle, variants }) => variants.slice(0, 1).map(({ id }) => ({ handle, id }))))
  found.sort((a, b) => (a.handle < b.handle ? -1 : 1))
  const agent = systemContext(app.services, 'demo')
  for (const [index, { age, percent, quantity, company, until }] of quotes.entries()) {
    clock.set(new Date(today.getTime() - age * dayMs))
    const sold = found.filter(({ id }) => app.model.sellable('phone', id, clock.now()))
    const lines = [0, 1].flatMap(() => sold[draw.uint32() % sold.length] ?? [])
    const { name, email, phone } = demoCustomer(draw.uint32() % demoCustomerCount)
    const input: QuoteInput = {
      channel: 'phone',
      locale: 'fr',
      contact: { name, email, phone },
      company,
      lines: lines.map(({ id }) => {
        const list = Number(app.model.sellable('phone', id, clock.now())?.unitPriceMinor ?? 0n)
        return { variantId: id, quantity, unitPriceMinor: Math.round((list * (100 - percent)) / 100), note: '' }
      }),
      delivery: { method: 'delivery', siteId: null, address: null },
      gift: null,
      notes: '',
      validUntil: new Date(today.getTime() + 20 * dayMs).toISOString().slice(0, 10),
      appointment: null,
      keepGoods: false,
    }
    const ctx = { ...agent, actor: { kind: 'api_key' as const, keyId: '-', name: 'Hotline', permissions: limited } }
    const once = { ...agent, idempotency: onceKey(`quote-${index}`) }
    await command(once, async (tx) => {
      const id = await createQuote(ctx, tx, app.model, input, undefined)
      if (until === 'draft') return
      const who = until === 'to_approve' ? ctx : { ...ctx, actor: agent.actor }
      await sendQuote(who, tx, app.model, id, 1)
      if (until === 'revised') {
        await reviseQuote(ctx, tx, app.model, id, { ...input, notes: 'Montage et réglages compris.' }, 1)
        await sendQuote({ ...ctx, actor: agent.actor }, tx, app.model, id, 2)
      }
      const token = (await quoteForMessage(tx, id, clock.now()))?.accessToken ?? ''
      if (until === 'accepted') await acceptQuote(agent, tx, id, { token, revision: 1, name })
    }).catch((error: unknown) => {
      if (!(error instanceof Replay)) throw error
    })
  }
  clock.set(today)
  await settle(stage, [])
}

/** The hotline may not grant what goes over the limit. */
const limited = new Set(['quotes:read', 'quotes:write'] as const)
