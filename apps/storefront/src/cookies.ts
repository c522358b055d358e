import type { FastifyReply, FastifyRequest } from 'fastify'
import { idSchema, type Locale } from '@ecluse/contracts/scalars.ts'

/** What the shop remembers about a visitor between two pages; nothing of it identifies a person. */
const names = {
  cart: 'ecluse_cart',
  order: 'ecluse_order',
  company: 'ecluse_company',
  visits: 'ecluse_visits',
} as const
type CookieName = keyof typeof names

/** The visitor's cart, and how many units it holds, so that every page can say it without asking. */
export type CartCookie = { id: string; count: number }
/** The order being paid, so that the way back from a bank's page finds it; `key` is the idempotency key of its form. */
export type OrderCookie = { orderId: string; token: string; key: string; locale: Locale }

const maxAgeSeconds: Record<CookieName, number> = {
  cart: 60 * 60 * 24 * 30,
  order: 60 * 60 * 2,
  company: 60 * 60 * 24 * 30,
  // A choice is asked for again after six months (CNIL, recommendation on cookies and other trackers, 2020).
  visits: 60 * 60 * 24 * 182,
}

function read(request: FastifyRequest, name: CookieName): string[] {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2)
    if (key === names[name] && value) return value.split('.')
  }
  return []
}

function write(reply: FastifyReply, name: CookieName, value: string, secure: boolean): void {
  const age = value === '' ? 0 : maxAgeSeconds[name]
  const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${secure ? '; Secure' : ''}`
  reply.header('set-cookie', `${names[name]}=${value}; ${attributes}`)
}

const isId = (text: string | undefined): text is string => idSchema.safeParse(text).success

/** Percent-encoding undone; what is not well formed names nothing. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

export function readCart(request: FastifyRequest): CartCookie | null {
  const [id, count] = read(request, 'cart')
  if (!isId(id)) return null
  return { id, count: Math.max(0, Math.trunc(Number(count)) || 0) }
}

export function writeCart(reply: FastifyReply, cart: CartCookie | null, secure: boolean): void {
  write(reply, 'cart', cart ? `${cart.id}.${cart.count}` : '', secure)
}

export function readOrder(request: FastifyRequest): OrderCookie | null {
  const [orderId, locale, key, token] = read(request, 'order')
  if (!isId(orderId) || !key || !token) return null
  return { orderId, key, locale: locale === 'en' ? 'en' : 'fr', token: unescaped(token) }
}

export function writeOrder(reply: FastifyReply, order: OrderCookie, secure: boolean): void {
  // The token comes last and escaped: it is the API's word, of which nothing is known here.
  const token = encodeURIComponent(order.token).replaceAll('.', '%2E')
  write(reply, 'order', `${order.orderId}.${order.locale}.${order.key}.${token}`, secure)
}

/** The number a visitor was given who allows their visits to be noted; `no` when they refused, null while they have not answered. */
export function readVisits(request: FastifyRequest): string | null {
  const [choice] = read(request, 'visits')
  return choice === 'no' || isId(choice) ? choice : null
}

export function writeVisits(reply: FastifyReply, choice: string, secure: boolean): void {
  write(reply, 'visits', choice, secure)
}

/** The company somebody buys for; `ask` right after they signed in: which, if any, is not known yet. It gives no right to anything. */
export function readCompany(request: FastifyRequest): string | null {
  const [id] = read(request, 'company')
  return id === 'ask' || isId(id) ? id : null
}

export function writeCompany(reply: FastifyReply, companyId: string | null, secure: boolean): void {
  write(reply, 'company', companyId ?? '', secure)
}
