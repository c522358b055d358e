import { Readable } from 'node:stream'
import type { ProductInput } from '@ecluse/contracts/catalog.ts'
import { command, Replay } from '../kernel/command.ts'
import { systemContext, type Ctx } from '../kernel/context.ts'
import { Refusal } from '../kernel/errors.ts'
import { addFile, putCategory, storeFile } from '../modules/catalog/public.ts'
import { listPlaces, recordCounts } from '../modules/inventory/public.ts'
import { saveProducts } from '../modules/offers/public.ts'
import { consentVersion, placeOrder } from '../modules/orders/public.ts'
import { shopChannels, webChannels } from './channels.ts'
import { onceKey, settle, type DemoStage } from './demo-stage.ts'
import { careBook, loireRoute, smallBook } from './files.ts'
import { demoCustomer } from './people.ts'

const hourMs = 3_600_000

type Article = Pick<ProductInput, 'handle' | 'kind' | 'vatClass' | 'withdrawalException'> & {
  readonly in: string
  readonly euros: number
  readonly art: string
  readonly fr: readonly [name: string, text: string]
  readonly en: readonly [name: string, text: string]
}

const articles: readonly Article[] = [
  {
    handle: 'guide-entretien-velo',
    kind: 'digital',
    vatClass: 'reduced',
    in: 'guides',
    euros: 9,
    art: 'toolkit-lagoon',
    fr: [
      'Le petit entretien du vélo, livre numérique',
      'Ce que l’atelier dit à chaque client, en quelques pages : avant la sortie, chaque mois, chaque année. PDF sans verrou, mis à jour sans supplément.',
    ],
    en: [
      'Looking after a bicycle, e-book',
      'What the workshop tells every customer, in a few pages: before a ride, each month, each year. PDF without a lock, updated free of charge. In French.',
    ],
  },
  {
    handle: 'trace-loire-nantes-ocean',
    kind: 'digital',
    vatClass: 'standard',
    in: 'guides',
    euros: 4,
    art: 'pannier-sky',
    fr: [
      'Nantes à l’océan, tracé GPX',
      'Soixante kilomètres le long de la Loire, avec les bacs, l’eau et l’ombre. Pour compteur ou téléphone.',
    ],
    en: [
      'Nantes to the ocean, GPX route',
      'Sixty kilometres along the Loire, with the ferries, water and shade. For a bike computer or a telephone.',
    ],
  },
  {
    handle: 'selle-sur-mesure',
    kind: 'physical',
    vatClass: 'standard',
    withdrawalException: 'made_to_order',
    in: 'selles',
    euros: 189,
    art: 'saddle-rust',
    fr: [
      'Selle cousue à vos mesures',
      'Cuir tendu sur votre écart d’ischions, mesuré en magasin ou chez vous. Dix jours d’atelier, aucune reprise : elle ne va qu’à vous.',
    ],
    en: [
      'Saddle sewn to your measure',
      'Leather stretched over the width of your sit bones, measured in a shop or at home. Ten days in the workshop, no return: it fits nobody else.',
    ],
  },
]

/** Files to download, an article made to measure, and orders of the last days with files in them. */
export async function sellFiles(stage: DemoStage): Promise<void> {
  const { app, clock, today } = stage
  clock.set(new Date(today.getTime() - 60 * hourMs))
  const ctx = systemContext(app.services, 'demo')
  await writeArticles(ctx, today).catch((error: unknown) => {
    // Written before an earlier start was cut short.
    if (!(error instanceof Replay)) throw error
  })
  await settle(stage, [])
  await app.model.refreshTerms()
  await app.model.refresh()
  await orderFiles(stage)
  clock.set(today)
  await settle(stage, ['capture'])
}

async function writeArticles(ctx: Ctx, today: Date): Promise<void> {
  const book = await smallBook('Le petit entretien du vélo', careBook, today)
  const bookId = ctx.ids.next()
  const routeId = ctx.ids.next()
  const kept = {
    book: await storeFile(ctx.config, bookId, Readable.from(book)),
    route: await storeFile(ctx.config, routeId, Readable.from(loireRoute())),
  }
  await command({ ...ctx, idempotency: onceKey('files') }, async (tx) => {
    await putCategory(ctx, tx, {
      code: 'guides',
      parentCode: 'entretien',
      name: { fr: 'Guides et tracés', en: 'Guides and routes' },
      position: 9,
    })
    const saved = await saveProducts(ctx, tx, articles.map(inputOf))
    const [bookArticle = '', routeArticle = '', saddle = ''] = saved.flatMap(({ variantIds }) =>
      Object.values(variantIds),
    )
    const file = { mediaType: 'application/pdf', note: '' }
    await addFile(ctx, tx, {
      ...file,
      ...kept.book,
      id: bookId,
      variantId: bookArticle,
      label: 'Livre (PDF)',
      fileName: 'petit-entretien-du-velo.pdf',
    })
    await addFile(ctx, tx, {
      ...kept.route,
      id: routeId,
      variantId: routeArticle,
      label: 'Tracé (GPX)',
      fileName: 'nantes-ocean.gpx',
      mediaType: 'application/gpx+xml',
      note: 'Le bac de Couëron ne passe plus le dimanche.',
    })
    const places = await listPlaces(tx)
    const depot = places.find(({ code }) => code === 'entrepot')
    if (depot)
      await recordCounts(ctx, tx, [{ variantId: saddle, placeId: depot.id, counted: 12, reason: 'Cuirs de l’atelier' }])
  })
}

function inputOf(article: Article): ProductInput {
  const { handle, kind, vatClass, withdrawalException, fr, en } = article
  return {
    handle,
    kind,
    vatClass,
    ...(withdrawalException ? { withdrawalException } : {}),
    name: { fr: fr[0], en: en[0] },
    description: { fr: `<p>${fr[1]}</p>`, en: `<p>${en[1]}</p>` },
    brand: 'Alizé',
    categoryCodes: [article.in],
    tags: [],
    attributes: {},
    options: [],
    media: [{ url: `/drawings/${article.art}.svg`, alt: { fr: fr[0], en: en[0] } }],
    variants: [
      {
        sku: `ALZ-${handle.toUpperCase()}`,
        gtin: null,
        options: {},
        weightGrams: kind === 'digital' ? null : 520,
        price: { amountMinor: article.euros * 100, currency: 'EUR' },
        compareAtPrice: null,
        mediaIndex: 0,
      },
    ],
    // Files are sold everywhere; what is made to measure is ordered online.
    publications: [...webChannels, ...(kind === 'digital' ? shopChannels : [])].map((channelCode) => ({
      channelCode,
      from: null,
      until: null,
    })),
    seoTitle: null,
    seoDescription: null,
  }
}

/** What each order has: files at once or later, alone or with a saddle. */
const orders = [
  { customer: 8, hoursAgo: 50, wanted: ['guide-entretien-velo'], agrees: true },
  { customer: 22, hoursAgo: 27, wanted: ['trace-loire-nantes-ocean', 'guide-entretien-velo'], agrees: false },
  { customer: 36, hoursAgo: 6, wanted: ['selle-sur-mesure', 'trace-loire-nantes-ocean'], agrees: true },
] as const

async function orderFiles({ app, clock, today }: DemoStage): Promise<void> {
  for (const [index, { customer, hoursAgo, wanted, agrees }] of orders.entries()) {
    clock.set(new Date(today.getTime() - hoursAgo * hourMs))
    const lines = wanted.flatMap((handle) => {
      const variant = app.model.productByHandle(handle)?.variants[0]
      return variant ? [{ variantId: variant.id, quantity: 1 }] : []
    })
    const { name, email, phone, address } = demoCustomer(customer)
    const ctx = { ...systemContext(app.services, 'demo'), actor: { kind: 'anonymous' as const } }
    await placeOrder(
      app.placement,
      { ...ctx, idempotency: onceKey(`files-${index}`) },
      {
        channel: 'web',
        locale: 'fr',
        lines,
        contact: { name, email, phone },
        delivery: { method: 'delivery', address },
        ...(agrees ? { downloadConsent: { version: consentVersion } } : {}),
        payments: [{ method: 'online_card', token: 'tok_accept' }],
      },
    ).catch((error: unknown) => {
      if (!(error instanceof Replay) && !(error instanceof Refusal)) throw error
    })
  }
}
