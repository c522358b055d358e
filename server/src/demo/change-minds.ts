import { command, Replay } from '../kernel/command.ts'
import { systemContext, type Ctx } from '../kernel/context.ts'
import { Refusal } from '../kernel/errors.ts'
import { loadCatalogProducts } from '../modules/catalog/public.ts'
import { listSites } from '../modules/channels/public.ts'
import { changeDesk } from '../modules/fulfillment/public.ts'
import { listPlaces } from '../modules/inventory/public.ts'
import {
  cancelPart,
  exchangeArticles,
  placeOrder,
  returnArticles,
  selectOrderGroups,
  selectOrderLines,
} from '../modules/orders/public.ts'
import { onceKey, settle, type DemoStage } from './demo-stage.ts'
import { demoCustomer } from './people.ts'
import { demoShops } from './sites.ts'
import { staffOf } from './staff-of.ts'

const hourMs = 3_600_000
const message = 'Bon anniversaire, Lucie !\nQue la route te soit douce.\nPapi et Mamie'

type Counter = { readonly siteId: string; readonly placeId: string; readonly sizes: readonly (readonly string[])[] }

/**
 * What happens after a purchase: a size exchanged at the counter, something brought back for a voucher, a present sent to somebody,
 * and an order in two parts of which one is given up.
 */
export async function changeMinds(stage: DemoStage): Promise<void> {
  const { app, clock, today } = stage
  const products: string[][] = []
  for await (const page of loadCatalogProducts(app.services.db))
    products.push(...page.map(({ variants }) => variants.map(({ id }) => id)))
  const nantes = await counterOf(stage, 'nantes', products)
  const lyon = await counterOf(stage, 'lyon', products)
  const back = (hours: number): void => clock.set(new Date(today.getTime() - hours * hourMs))
  await unlessDone(() => exchangeSize(stage, nantes, back))
  await unlessDone(() => bringBackForVoucher(stage, lyon, back))
  back(3)
  await unlessDone(() => sendPresent(stage, nantes))
  await unlessDone(() => giveUpPart(stage, nantes))
  clock.set(today)
  await settle(stage, ['capture', 'make-refunds'])
}

/** What was done before the loading was cut short is not done again; what is out of stock there is left out. */
async function unlessDone(act: () => Promise<void>): Promise<void> {
  await act().catch((error: unknown) => {
    if (!(error instanceof Replay) && !(error instanceof Refusal)) throw error
  })
}

/** A shop, and pairs of sizes of one product that lie there and cost the same. */
async function counterOf({ app }: DemoStage, code: string, products: readonly string[][]): Promise<Counter> {
  const { db, clock } = app.services
  const siteId = (await listSites(db)).find((site) => site.code === code)?.id ?? ''
  const placeId = (await listPlaces(db)).find((place) => place.siteId === siteId)?.id ?? ''
  const priceOf = (id: string) => app.model.sellable(`shop-${code}`, id, clock.now())?.unitPriceMinor
  const sizes = products.flatMap((variantIds) => {
    const here = variantIds.filter((id) => priceOf(id) && app.model.available(id, placeId) > 2)
    const [first] = here
    const alike = here.filter((id) => first !== undefined && priceOf(id) === priceOf(first))
    return alike.length > 1 ? [alike] : []
  })
  return { siteId, placeId, sizes: sizes.toSorted((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1)) }
}

function sellerOf({ app }: DemoStage, code: string, once: string): Ctx {
  const shop = demoShops.find((one) => one.code === code) ?? null
  return { ...systemContext(app.services, 'demo'), actor: staffOf(shop, 'Écluse'), idempotency: onceKey(once) }
}

/** Sold at a counter and carried away. @returns the order and its line */
async function sell(stage: DemoStage, code: string, at: Counter, variantId: string, customer: number) {
  const { app, clock } = stage
  const { name, email, phone } = demoCustomer(customer)
  const price = app.model.sellable(`shop-${code}`, variantId, clock.now())?.unitPriceMinor ?? 0n
  const { orderId } = await placeOrder(app.placement, sellerOf(stage, code, `minds-sale-${code}`), {
    channel: `shop-${code}`,
    locale: 'fr',
    lines: [{ variantId, quantity: 1 }],
    contact: { name, email, phone },
    delivery: { method: 'carry_out', siteId: at.siteId },
    payments: [{ method: 'terminal_card', amountMinor: Number(price) }],
  })
  await settle(stage, ['capture'])
  const [line] = await selectOrderLines(app.services.db, [orderId])
  return { orderId, lineId: line?.id ?? '' }
}

async function exchangeSize(stage: DemoStage, at: Counter, back: (hours: number) => void): Promise<void> {
  const [worn = '', wanted = ''] = at.sizes[3] ?? []
  back(50)
  const { orderId, lineId } = await sell(stage, 'nantes', at, worn, 12)
  back(26)
  const seller = sellerOf(stage, 'nantes', 'minds-exchange')
  await command(seller, (tx) =>
    exchangeArticles(seller, tx, stage.app.placement.model, orderId, {
      siteId: at.siteId,
      lines: [{ lineId, quantity: 1, reason: 'wrong_size', disposition: 'restock', condition: 'as_new' }],
      replacements: [{ variantId: wanted, quantity: 1 }],
      payments: [],
      gift: false,
      expectedDifferenceMinor: 0,
    }),
  )
}

async function bringBackForVoucher(stage: DemoStage, at: Counter, back: (hours: number) => void): Promise<void> {
  const [bought = ''] = at.sizes[5] ?? []
  back(74)
  const { orderId, lineId } = await sell(stage, 'lyon', at, bought, 23)
  back(28)
  const seller = sellerOf(stage, 'lyon', 'minds-voucher')
  await command(seller, (tx) =>
    returnArticles(seller, tx, stage.app.placement.model, orderId, {
      siteId: at.siteId,
      lines: [{ lineId, quantity: 1, reason: 'changed_mind', disposition: 'restock', condition: 'as_new' }],
      refundTo: 'voucher',
    }),
  )
}

/** Bought online, to be sent without a price. */
async function sendPresent(stage: DemoStage, at: Counter): Promise<void> {
  const { app } = stage
  const { name, email, phone, address } = demoCustomer(41)
  const visitor = { ...systemContext(app.services, 'demo'), actor: { kind: 'anonymous' as const } }
  await placeOrder(
    app.placement,
    { ...visitor, idempotency: onceKey('minds-present') },
    {
      channel: 'web',
      locale: 'fr',
      lines: [{ variantId: at.sizes[7]?.[0] ?? '', quantity: 1 }],
      contact: { name, email, phone },
      delivery: { method: 'delivery', address: { ...address, name: 'Lucie Garnier' } },
      gift: { message },
      payments: [{ method: 'online_card', token: 'tok_accept' }],
    },
  )
}

/** Its buyer gives up what they would have fetched; the parcel goes on. */
async function giveUpPart(stage: DemoStage, at: Counter): Promise<void> {
  const { app } = stage
  const { name, email, phone, address } = demoCustomer(8)
  const visitor = { ...systemContext(app.services, 'demo'), actor: { kind: 'anonymous' as const } }
  const [fetched = '', sent = ''] = [at.sizes[9]?.[0], at.sizes[11]?.[0]]
  const placed = await placeOrder(
    app.placement,
    { ...visitor, idempotency: onceKey('minds-parts') },
    {
      channel: 'web',
      locale: 'fr',
      lines: [fetched, sent].map((variantId) => ({ variantId, quantity: 1 })),
      contact: { name, email, phone },
      delivery: { method: 'delivery', address },
      pickups: [{ siteId: at.siteId, variantIds: [fetched] }],
      payments: [{ method: 'online_card', token: 'tok_accept' }],
    },
  )
  await settle(stage, ['capture'])
  const groups = await selectOrderGroups(app.services.db, [placed.orderId])
  const no = groups.find(({ method }) => method === 'pickup')?.no ?? 0
  const asked = { token: placed.accessToken, reason: '' }
  await command(visitor, (tx) => cancelPart(visitor, tx, changeDesk, { orderId: placed.orderId, no }, asked))
}
