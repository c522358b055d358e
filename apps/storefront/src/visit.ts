import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Category } from '@ecluse/contracts/catalog.ts'
import type { Site } from '@ecluse/contracts/channels.ts'
import { ApiError, type Client } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Locale, Money } from '@ecluse/contracts/scalars.ts'
import { readCart, writeCart, type CartCookie } from './cookies.ts'
import { translators, type Translate } from './messages.ts'
import { addressOf, type AddressName, type QueryValues } from './paths.ts'

/** Vite's manifest of the built islands, as far as the shop reads it. */
export type AssetManifest = Record<string, { file: string; css?: string[]; assets?: string[] }>

export type StorefrontOptions = {
  /**
   * A client of the API that acts for the visitor of this request: it forwards their cookies, and hands the cookies the API
   * sets (sign-in, sign-out) to the reply.
   */
  client: (request: FastifyRequest, reply: FastifyReply) => Client
  /** Code of the channel this shop sells in. */
  channelCode: string
  /** Where the built files are served, and what they are called. */
  assets: { manifest: AssetManifest; base?: string }
  /** Address of the shop as visitors see it, without a slash at the end. */
  publicUrl: string
  clock: { now(): Date }
  /** Hears what visitors look at who allowed it; it answers at once. */
  noteVisit?: (request: FastifyRequest, seen: SeenInShop) => void
}

/** What a visitor who allowed it looked at, or, having just ordered, who they said they are. */
export type SeenInShop = {
  readonly device: string
  readonly locale: Locale
  readonly productId: string | null
  readonly categoryCode: string | null
  readonly contact: { readonly name: string; readonly email: string | null; readonly phone: string | null } | null
}

/** Things all visitors see alike, asked again after a few seconds. */
export type Shared = {
  sites: (call: Client) => Promise<Site[]>
  /** Days after receipt within which articles may come back. */
  returnDays: (call: Client) => Promise<number>
  categories: (call: Client) => Promise<Category[]>
  /** Shops where articles can be reserved to try. */
  tryShops: (call: Client) => Promise<ReadonlySet<string>>
}

/** What a product costs a company in a list. */
type CardPrice = { readonly net: Money; readonly publicNet: Money; readonly varies: boolean }

/** One visitor asking for one page. */
export type Visit = {
  request: FastifyRequest
  reply: FastifyReply
  locale: Locale
  t: Translate
  call: Client
  options: StorefrontOptions
  shared: Shared
  query: URLSearchParams
  params: Record<string, string>
  /** What a form sent; empty on a GET. */
  form: URLSearchParams
  cart: CartCookie | null
  /** The company they buy for: prices are its own, and without VAT. */
  company: { readonly id: string; readonly name: string } | null
  /** What products of a list cost that company, once they were asked for. */
  cardPrices: ReadonlyMap<string, CardPrice>
  now: Date
}

/** Remembers what `load` gives for a while; concurrent callers share one call, and a failure is not remembered. */
export function remember<T>(milliseconds: number, load: (call: Client) => Promise<T>): (call: Client) => Promise<T> {
  let kept: { until: number; value: Promise<T> } | null = null
  return (call) => {
    const time = performance.now()
    if (!kept || kept.until < time) {
      const value = load(call)
      kept = { until: time + milliseconds, value }
      value.catch(() => (kept = null))
    }
    return kept.value
  }
}

export function sharedBy(channel: string): Shared {
  const places = remember(5_000, (call) => call(endpoints.listSites))
  return {
    sites: async (call) => (await places(call)).items,
    returnDays: async (call) => (await places(call)).returnDays,
    categories: remember(5_000, async (call) =>
      (await call(endpoints.listCategories)).items.sort((a, b) => a.position - b.position),
    ),
    tryShops: remember(5_000, async (call) => {
      const { items } = await call(endpoints.listReservationShops, { query: { channel } })
      return new Set(items.map(({ siteId }) => siteId))
    }),
  }
}

export function visitOf(
  request: FastifyRequest,
  reply: FastifyReply,
  locale: Locale,
  options: StorefrontOptions,
  shared: Shared,
): Visit {
  const mark = request.url.indexOf('?')
  return {
    request,
    reply,
    locale,
    t: translators[locale],
    call: options.client(request, reply),
    options,
    shared,
    query: new URLSearchParams(mark < 0 ? '' : request.url.slice(mark + 1)),
    params: (request.params ?? {}) as Record<string, string>,
    form: request.body instanceof URLSearchParams ? request.body : new URLSearchParams(),
    cart: readCart(request),
    company: null,
    cardPrices: new Map(),
    now: options.clock.now(),
  }
}

/** An address of the shop in the visitor's language. */
export function link(visit: Visit, name: AddressName, params?: Record<string, string>, query?: QueryValues): string {
  return addressOf(name, visit.locale, params, query)
}

/** Sends the visitor on with GET, as after a form (303 See Other). */
export function goTo(visit: Visit, address: string): FastifyReply {
  return visit.reply.redirect(address, 303)
}

export const isSecure = (visit: Visit): boolean => visit.options.publicUrl.startsWith('https:')

export function keepCart(visit: Visit, cart: CartCookie | null): void {
  visit.cart = cart
  writeCart(visit.reply, cart, isSecure(visit))
}

/** An address of this shop that a form or an address names; null when it is none. */
export function ownPath(text: string | null): string | null {
  return text !== null && /^\/(?![/\\])[^\s]*$/.test(text) ? text : null
}

/** A key that makes a form's submission count once however often it is sent. */
export const newFormKey = (): string => randomUUID()

/** Whether an error is the API's refusal with this code. */
export function isRefusal(error: unknown, ...codes: string[]): error is ApiError {
  return error instanceof ApiError && codes.includes(error.problem.code)
}
