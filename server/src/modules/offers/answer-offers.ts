import type { OfferCard, OfferedVariant } from '@ecluse/contracts/offers.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { createByteCache } from '../../kernel/byte-cache.ts'
import type { Services } from '../../kernel/context.ts'
import { refuse } from '../../kernel/errors.ts'
import { answerOf, type KeptAnswer } from '../../kernel/http/kept-answers.ts'
import { findVariantsByCode, productTexts, type ProductTexts } from '../catalog/public.ts'
import { readyAt } from '../channels/public.ts'
import { nextBoundary, type ModelChannel, type ModelProduct } from './domain/model.ts'
import { offerCard } from './offer-card.ts'
import { listOffers, suggestOffers, type ListAsk } from './list-offers.ts'
import { isOffered } from './offered-variants.ts'
import type { OfferModel } from './read-model.ts'
import { offeredVariant, productPage, relatedProducts, type PageSource } from './show-product.ts'

/** Answers of what channels sell. Those of the hottest routes know until when they tell the truth, and may be kept so long. */
export type OfferAnswers = {
  /** @throws channels.not_found, kernel.invalid_cursor */
  list(ask: ListAsk): Promise<KeptAnswer>
  /** @throws channels.not_found, offers.not_offered */
  product(ask: PageAsk): Promise<KeptAnswer>
  /** @throws channels.not_found */
  suggest(ask: { channel: string; locale: Locale; q: string }): Promise<{ items: OfferCard[] }>
  /** @throws channels.not_found, offers.not_offered */
  byCode(ask: {
    channel: string
    locale: Locale
    code: string
  }): Promise<{ product: OfferCard; variant: OfferedVariant }>
}

type PageAsk = { channel: string; locale: Locale; handle: string }

const textBytes = 8 * 1024 * 1024
/** Ready times move with the clock: a page tells them at most this late. */
const clockPauseMs = 30_000

export function createOfferAnswers(services: Services, model: OfferModel): OfferAnswers {
  const pickupReadyAt = createReadyTimes(services, model)
  const sourceOf = (channel: string, locale: Locale): PageSource => ({
    model,
    locale,
    pickupReadyAt,
    channel: channelOf(model, channel),
    at: services.clock.now().getTime(),
  })
  return {
    list: createListAnswers(services, model),
    product: createPageAnswers(services, model, sourceOf),
    async suggest({ channel, locale, q }) {
      return { items: await suggestOffers(services, model, channelOf(model, channel), { locale, q }) }
    },
    async byCode({ channel, locale, code }) {
      const source = sourceOf(channel, locale)
      for (const { variantId } of await findVariantsByCode(services.db, code)) {
        const variant = model.variantById(variantId)
        const product = variant && offerCard({ ...source, units: model.unitsFor(source.channel) }, variant.product)
        const offered = product && offeredVariant(source, variant)
        if (offered) return { product, variant: offered }
      }
      throw refuse('offers.not_offered')
    },
  }
}

function channelOf(model: OfferModel, code: string): ModelChannel {
  const channel = model.modelChannel(code)
  if (!channel) throw refuse('channels.not_found', { code })
  return channel
}

/** Many may ask for the same at once when it has just changed: it is made once. */
function onceAtATime(): (key: string, make: () => Promise<KeptAnswer>) => Promise<KeptAnswer> {
  const underWay = new Map<string, Promise<KeptAnswer>>()
  return (key, make) => {
    const same = underWay.get(key)
    if (same) return same
    const made = make().finally(() => underWay.delete(key))
    underWay.set(key, made)
    return made
  }
}

function createListAnswers(services: Services, model: OfferModel): OfferAnswers['list'] {
  const once = onceAtATime()
  return async (ask) => {
    const stamp = model.listStamp(services.clock.now())
    return once(`${stamp} ${JSON.stringify(ask)}`, async () => {
      const list = await listOffers(services, model, channelOf(model, ask.channel), ask)
      return answerOf(list, () => model.listStamp(services.clock.now()) === stamp)
    })
  }
}

function createPageAnswers(
  services: Services,
  model: OfferModel,
  sourceOf: (channel: string, locale: Locale) => PageSource,
): OfferAnswers['product'] {
  const textsOf = createTexts(services)
  const once = onceAtATime()
  const make = async (product: ModelProduct, ask: PageAsk): Promise<KeptAnswer> => {
    const texts = await textsOf(product)
    const source = sourceOf(ask.channel, ask.locale)
    if (!isOffered(product, source.channel, source.at)) throw refuse('offers.not_offered')
    const related = relatedProducts(source, product)
    const shown = [product, ...related]
    const stamps = stampsOf(shown)
    const { epoch } = model.terms()
    const until = Math.min(source.at + clockPauseMs, ...shown.map((one) => nextBoundary(one, source.at)))
    const isTheTime = (now: number): boolean => now >= source.at && now < until
    return answerOf(
      productPage(source, product, texts, related),
      () =>
        isTheTime(services.clock.now().getTime()) &&
        model.terms().epoch === epoch &&
        // Stamps only grow, so a change of any changes their sum.
        stampsOf(shown) === stamps &&
        // A product that was read again is another object: the old one keeps its old stamp.
        shown.every((one) => model.productById(one.id) === one),
    )
  }
  return async (ask) => {
    const product = model.productByHandle(ask.handle)
    if (!product) {
      channelOf(model, ask.channel)
      throw refuse('offers.not_offered')
    }
    return once(`${product.stamp} ${ask.channel} ${ask.locale} ${product.id}`, () => make(product, ask))
  }
}

/** Long texts of products lately shown: a change of stock makes a page anew without reading them again. */
function createTexts({ db }: Services): (product: ModelProduct) => Promise<ProductTexts> {
  const kept = createByteCache<{ loadStamp: number; texts: ProductTexts }>(textBytes)
  return async ({ id, loadStamp }) => {
    const known = kept.get(id)
    if (known && known.loadStamp === loadStamp) return known.texts
    const texts = await productTexts(db, id)
    if (!texts) throw refuse('offers.not_offered')
    kept.set(id, { loadStamp, texts }, 2 * JSON.stringify(texts).length)
    return texts
  }
}

function stampsOf(products: readonly ModelProduct[]): number {
  return products.reduce((sum, { stamp }) => sum + stamp, 0)
}

/** When a pick-up ordered now would be ready at each site; worked out anew every half minute at most. */
function createReadyTimes(services: Services, model: OfferModel): (siteId: string) => string | null {
  const known = new Map<string, { epoch: number; at: number; ready: string | null }>()
  return (siteId) => {
    const at = services.clock.now()
    const { epoch, sites } = model.terms()
    const before = known.get(siteId)
    if (before && before.epoch === epoch && Math.abs(at.getTime() - before.at) < clockPauseMs / 2) return before.ready
    const site = sites.get(siteId)
    const ready = site ? readyAt({ ...site, minutes: site.pickupReadyMinutes }, at) : null
    known.set(siteId, { epoch, at: at.getTime(), ready: ready?.toISOString() ?? null })
    return ready?.toISOString() ?? null
  }
}
