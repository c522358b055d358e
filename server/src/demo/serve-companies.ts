import type { CompanyInput, CompanySiteInput } from '@ecluse/contracts/companies.ts'
import { command, Replay } from '../kernel/command.ts'
import { systemContext, type Ctx } from '../kernel/context.ts'
import type { Tx } from '../kernel/db.ts'
import { createSeededRng } from '../kernel/rng.ts'
import { createAccounts } from '../modules/access/public.ts'
import { listCategories, loadCatalogProducts } from '../modules/catalog/public.ts'
import { createCompany, insertMembers, putApprovalRules, writeSite } from '../modules/customers/public.ts'
import { buyForCompany } from '../modules/orders/public.ts'
import { upsertCredit } from '../modules/payments/public.ts'
import { saveEntry, saveList } from '../modules/pricing/public.ts'
import { onceKey, settle, type DemoStage, type DemoState } from './demo-stage.ts'

const dayMs = 86_400_000

/** Who buys for the demo's company; their passwords are shown at the start. */
const people = [
  { name: 'Solène Briand', role: 'administrator', order: null, month: null },
  { name: 'Yanis Moreau', role: 'approver', order: 150_000, month: null },
  { name: 'Inès Lebreton', role: 'buyer', order: 40_000, month: 200_000 },
] as const

const emailOf = (name: string): string =>
  `${name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(' ', '.')}@coursiers.example`
const passwordOf = (name: string): string =>
  `velo-${(name.split(' ')[0] ?? '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()}-pro`

type Opened = { companyId: string; siteIds: string[]; accounts: string[] }

/** A company of couriers: two sites, three people, credit, orders on account and one that waits for approval. */
export async function serveCompanies(stage: DemoStage): Promise<Partial<DemoState>> {
  const { app, clock, state, today } = stage
  await app.model.refresh()
  const ctx = systemContext(app.services, 'demo')
  clock.set(new Date(today.getTime() - 29 * dayMs))
  const opened = await open(ctx)
  const goods = await articles(stage)
  const buys: { age: number; person: number; site: number; quantity: number; reference: string }[] = [
    { age: 28, person: 0, site: 0, quantity: 4, reference: 'CL-2026-031' },
    { age: 9, person: 1, site: 1, quantity: 2, reference: 'CL-2026-038' },
    { age: 2, person: 2, site: 0, quantity: 1, reference: 'CL-2026-041' },
    { age: 1, person: 2, site: 1, quantity: 12, reference: 'CL-2026-042' },
  ]
  for (const [index, { age, person, site, quantity, reference }] of buys.entries()) {
    clock.set(new Date(today.getTime() - age * dayMs))
    const { name = '' } = people[person] ?? {}
    const actor = { kind: 'account' as const, accountId: opened.accounts[person] ?? '', email: emailOf(name), name }
    const lines = [0, 1].flatMap((nth) => {
      const variantId = goods[(index + nth) % goods.length]
      return variantId ? [{ variantId, quantity }] : []
    })
    await buyForCompany(app.placement, { ...ctx, actor, idempotency: onceKey(`company-${index}`) }, opened.companyId, {
      channel: 'web',
      locale: 'fr',
      lines,
      companySiteId: opened.siteIds[site] ?? '',
      delivery: { method: 'delivery' },
      purchaseReference: reference,
      buyerReference: null,
      costCentre: 'CC-FLOTTE',
      contact: null,
      payment: { method: 'on_account' },
    }).catch((error: unknown) => {
      if (!(error instanceof Replay)) throw error
    })
  }
  clock.set(today)
  await settle(stage, [])
  const accounts = people.map(({ name, role }) => ({
    label:
      role === 'administrator'
        ? 'Entreprise, administratrice'
        : role === 'approver'
          ? 'Entreprise, approbateur'
          : 'Entreprise, acheteuse',
    email: emailOf(name),
    password: passwordOf(name),
  }))
  const known = new Set(state.accounts.map(({ email }) => email))
  return { accounts: [...state.accounts, ...accounts.filter(({ email }) => !known.has(email))] }
}

async function open(ctx: Ctx): Promise<Opened> {
  const once = { ...ctx, idempotency: onceKey('company-open') }
  try {
    return await command(once, async (tx) => {
      await openList(ctx, tx)
      const companyId = await createCompany(ctx, tx, couriers)
      const siteIds: string[] = []
      for (const site of sites) siteIds.push(await writeSite(ctx, tx, companyId, null, site))
      const accounts = await bringPeople(ctx, tx, companyId)
      const credit = { terms: 'end_of_month', limit_minor: 800_000n, over_limit: 'ask' } as const
      await upsertCredit(tx, { ...credit, party_id: companyId, block_after_days: 60, blocked: false }, ctx.clock.now())
      return { companyId, siteIds, accounts }
    })
  } catch (error) {
    if (error instanceof Replay) return error.response as Opened
    throw error
  }
}

/** What companies with several bicycles pay: less on everything, still less by the dozen, and brakes at a price agreed upon. */
const fleetList = 'flottes'

async function openList(ctx: Ctx, tx: Tx): Promise<void> {
  await saveList(ctx, tx, fleetList, { name: { fr: 'Flottes', en: 'Fleets' }, includesVat: false })
  const always = { amountMinor: null, channelCode: null, validFrom: null, validUntil: null }
  const entries = [
    { scope: 'all', code: null, percentBasisPoints: 800, minQuantity: 1 },
    { scope: 'all', code: null, percentBasisPoints: 1_200, minQuantity: 12 },
    { scope: 'category', code: 'equipement', percentBasisPoints: 1_500, minQuantity: 1 },
  ] as const
  const known = new Set((await listCategories(tx)).map(({ code }) => code))
  for (const entry of entries)
    if (entry.code === null || known.has(entry.code)) await saveEntry(ctx, tx, fleetList, null, { ...always, ...entry })
}

const couriers: CompanyInput = {
  name: 'Coursiers de Loire SCOP',
  tradeName: 'Les Coursiers',
  country: 'FR',
  siren: null,
  vatNumber: 'FR89904152675',
  email: 'compta@coursiers.example',
  phone: '02 40 00 01 20',
  locale: 'fr',
  priceList: fleetList,
  referenceRequired: true,
  active: true,
}

const sites: readonly CompanySiteInput[] = [
  {
    name: 'Atelier de Nantes',
    siret: '90415267500016',
    address: {
      name: 'Les Coursiers',
      street: '18 quai de la Fosse',
      postalCode: '44000',
      locality: 'Nantes',
      country: 'FR',
    },
    contactName: 'Yanis Moreau',
    contactEmail: null,
    contactPhone: '06 39 98 01 21',
    instructions: 'Portail bleu au fond de la cour, de 8 h à 17 h.',
    monthLimitMinor: 500_000,
    active: true,
  },
  {
    name: 'Dépôt d’Angers',
    siret: '90415267500024',
    address: { name: 'Les Coursiers', street: '4 rue Boisnet', postalCode: '49100', locality: 'Angers', country: 'FR' },
    contactName: 'Inès Lebreton',
    contactEmail: null,
    contactPhone: '06 39 98 01 22',
    instructions: 'Sonner à l’interphone « Dépôt ».',
    monthLimitMinor: 250_000,
    active: true,
  },
]

/** Its people, with accounts to sign in with, and who approves what. @returns the accounts, in the order of the people */
async function bringPeople(ctx: Ctx, tx: Tx, companyId: string): Promise<string[]> {
  const accounts = await createAccounts(
    ctx,
    tx,
    people.map(({ name }) => ({ name, email: emailOf(name), password: passwordOf(name), locale: 'fr' as const })),
  )
  const now = ctx.clock.now()
  const members = people.map(({ name, role, order, month }, index) => ({
    id: ctx.ids.next(),
    company_id: companyId,
    email: emailOf(name),
    name,
    locale: 'fr' as const,
    role,
    state: 'active' as const,
    account_id: accounts[index] ?? '',
    site_ids: [],
    order_limit_minor: order,
    month_limit_minor: month,
    joined_at: now,
  }))
  await insertMembers(tx, members, now)
  await putApprovalRules(ctx, tx, companyId, [
    { fromMinor: 0, memberId: members[1]?.id ?? '' },
    { fromMinor: 150_000, memberId: members[0]?.id ?? '' },
  ])
  return accounts
}

/** Articles couriers wear out, of which there are plenty. */
async function articles({ app, clock, state }: DemoStage): Promise<string[]> {
  const draw = createSeededRng(state.seed + 7)
  const ids: { handle: string; id: string }[] = []
  for await (const page of loadCatalogProducts(app.services.db))
    ids.push(...page.flatMap(({ handle, variants }) => variants.slice(0, 1).map(({ id }) => ({ handle, id }))))
  const depots = app.model.places().filter(({ shipsParcels }) => shipsParcels)
  const plenty = ids
    .sort((a, b) => (a.handle < b.handle ? -1 : 1))
    .filter(({ id }) => {
      const price = app.model.sellable('web', id, clock.now())?.unitPriceMinor ?? 0n
      return price > 1_500n && price < 9_000n && depots.some((place) => app.model.available(id, place.id) > 25)
    })
  return [...new Set([0, 1, 2, 3, 4, 5, 6, 7].flatMap(() => plenty[draw.uint32() % plenty.length]?.id ?? []))]
}
