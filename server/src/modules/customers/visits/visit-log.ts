import type { Locale } from '@ecluse/contracts/scalars.ts'
import { systemContext, type Services } from '../../../kernel/context.ts'
import { noteVisits, type SeenVisitor, type VisitorWords } from './note-visits.ts'

/** A page of the shop that somebody looked at who allowed it to be noted. */
export type SeenPage = {
  /** The number their browser was given when they said yes. */
  readonly device: string
  readonly account: { readonly id: string; readonly email: string; readonly name: string } | null
  /** Who they said they are, in an order they have just placed. */
  readonly contact: VisitorWords | null
  readonly locale: Locale
  readonly channelCode: string
  readonly productId: string | null
  readonly categoryCode: string | null
}

export type VisitLog = {
  /** Notes a page, in memory: whoever reads it waits for nothing. */
  note(page: SeenPage): void
  /** Writes what was noted, all at once. */
  flush(): Promise<void>
}

/** How long pages are gathered before they are written. */
const gatherMs = 5_000
/** As many visitors are gathered at once; the others of that moment are left out, and counted. */
const mostVisitors = 2_000
/** As many different products and categories of one visitor. */
const mostSeen = 50

/** What visitors who allowed it look at, gathered in this process and written every few seconds (ADR 0038). */
export function createVisitLog(services: Services, { wait = gatherMs }: { wait?: number } = {}): VisitLog {
  let visitors = new Map<string, SeenVisitor>()
  let leftOut = 0
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> = Promise.resolve()

  const write = async (): Promise<void> => {
    if (timer) clearTimeout(timer)
    timer = null
    const seen = [...visitors.values()]
    visitors = new Map()
    if (leftOut > 0) services.log.warn({ visitors: leftOut }, 'visits not noted: too many at once')
    leftOut = 0
    if (seen.length === 0) return
    try {
      await noteVisits(systemContext(services, 'customers.visits'), seen)
    } catch (err) {
      services.log.error({ err, visitors: seen.length }, 'visits not noted')
    }
  }
  const flush = (): Promise<void> => (writing = writing.then(write))

  return {
    note(page) {
      const key = `${page.device} ${page.account?.id ?? ''}`
      const known = visitors.get(key)
      if (!known && visitors.size >= mostVisitors) {
        leftOut++
        return
      }
      const at = services.clock.now()
      const { productId, categoryCode, ...who } = page
      const visitor: SeenVisitor = known ?? { ...who, at, products: new Map(), categories: new Map() }
      if (page.contact) visitor.contact = page.contact
      add(visitor.products, productId, at)
      add(visitor.categories, categoryCode, at)
      visitors.set(key, visitor)
      timer ??= setTimeout(() => void flush(), wait).unref()
    },
    flush,
  }
}

function add(seen: Map<string, Date>, what: string | null, at: Date): void {
  if (what !== null && !seen.has(what) && seen.size < mostSeen) seen.set(what, at)
}
