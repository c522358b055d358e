import { media } from '@ecluse/contracts/consents.ts'
import type { VisitQuestion, VisitSheet } from '@ecluse/contracts/sales-visits.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/errors.ts'
import { toMoney } from '../../kernel/money.ts'
import { addressLine, customerById, membersOf, permissionFor, relationalAmong } from '../customers/public.ts'
import { mayBeVisited, salesVisitsOf } from '../engagement/public.ts'
import { figuresOf, segmentsOf } from './queries/overview.ts'
import {
  boughtBy,
  interestsOf,
  latestOrders,
  offersFor,
  openQuotes,
  openReturns,
  sizesOf,
  type DocumentRow,
} from './queries/visit-sheet.ts'

const dayMs = 86_400_000
/** Who bought nothing for so long is asked why. */
const longAgoMs = 180 * dayMs
/** What others bought counts for so long. */
const offersSinceMs = 90 * dayMs

/**
 * What a representative takes along: who it is, what they allow, what is open, what they bought, what may interest them, and what to ask.
 * @throws customers.not_found
 */
export async function readVisitSheet(ctx: Ctx, customerId: string, locale: Locale): Promise<VisitSheet> {
  const { db } = ctx
  const now = ctx.clock.now()
  const party = await customerById(db, customerId)
  if (!party) throw refuse('customers.not_found')
  const members = await membersOf(db, party.id)
  const [figures, segments, visits, relational, { free }] = await Promise.all([
    figuresOf(db, members),
    segmentsOf(db, party.id),
    salesVisitsOf(ctx, db, members),
    relationalAmong(db, [party.id]),
    mayBeVisited(db, party.id, members),
  ])
  const permissions = await permissionsOf(ctx, party.id)
  const [quotes, orders, returns] = [
    await openQuotes(db, members, now),
    await latestOrders(db, members),
    await openReturns(db, members),
  ]
  const interests = await interestsOf(db, party.id, locale)
  const codes = interests.map(({ code }) => code)
  const asked = { members, codes, since: new Date(now.getTime() - offersSinceMs), locale }
  const bought = await boughtBy(db, members, locale)
  const facts = {
    ...party,
    permissions,
    quotes,
    returns,
    last: figures.last_at,
    visited: visits.some(({ outcome }) => outcome),
  }
  return {
    at: now.toISOString(),
    customer: {
      id: party.id,
      kind: party.kind,
      name: party.name,
      place: party.address ? addressLine(JSON.stringify(party.address)) : '',
      email: party.email,
      phone: party.phone,
      relational: relational.has(party.id),
    },
    visit: visits.find(({ state }) => state === 'open') ?? null,
    restricted: !free,
    permissions,
    orders: {
      count: figures.orders,
      total: toMoney(figures.ordered_minor),
      firstAt: figures.first_at?.toISOString() ?? null,
      lastAt: figures.last_at?.toISOString() ?? null,
    },
    quotes: quotes.map(documentOf),
    latestOrders: orders.map(documentOf),
    returns: returns.map(documentOf),
    bought: bought.map(({ name, quantity, last_at }) => ({ name, quantity, lastAt: last_at.toISOString() })),
    segments: segments.map(({ name }) => name),
    interests: interests.map(({ name, declared }) => ({ name, declared })),
    sizes: await sizesOf(db, party.id, locale),
    offers: codes.length === 0 ? [] : await offersFor(db, asked),
    visits: visits.filter(({ state }) => state !== 'open'),
    questions: questionsFor(facts, now),
  }
}

const documentOf = ({ id, number, at, state, total_minor }: DocumentRow): VisitSheet['quotes'][number] => ({
  id,
  number,
  at: at.toISOString(),
  state,
  total: total_minor === null ? null : toMoney(total_minor),
})

/** What marketing may use now, medium by medium, asked as each message is. */
async function permissionsOf(ctx: Ctx, partyId: string): Promise<VisitSheet['permissions']> {
  const at = ctx.clock.now()
  const told: VisitSheet['permissions'] = []
  for (const medium of media) {
    const { allowed, reason } = await permissionFor(ctx.config, ctx.db, { partyId, medium, purpose: 'marketing', at })
    told.push({ medium, allowed, reason })
  }
  return told
}

type Facts = {
  readonly email: string | null
  readonly phone: string | null
  readonly permissions: VisitSheet['permissions']
  readonly quotes: readonly unknown[]
  readonly returns: readonly unknown[]
  readonly last: Date | null
  readonly visited: boolean
}

/** What is worth asking: what is missing, what is open, and what is not understood. */
function questionsFor(
  { email, phone, permissions, quotes, returns, last, visited }: Facts,
  now: Date,
): VisitQuestion[] {
  const asked: [VisitQuestion, boolean][] = [
    ['open_return', returns.length > 0],
    ['open_quote', quotes.length > 0],
    ['last_visit', visited],
    ['never_bought', last === null],
    ['long_ago', last !== null && now.getTime() - last.getTime() > longAgoMs],
    ['email', email === null],
    ['phone', phone === null],
    [
      'consent',
      email !== null && permissions.some(({ medium, reason }) => medium === 'email' && reason === 'not_asked'),
    ],
  ]
  return asked.flatMap(([question, worth]) => (worth ? [question] : []))
}
