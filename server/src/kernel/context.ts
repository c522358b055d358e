import type { Permission, Role } from '@ecluse/contracts/permissions.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Logger } from 'pino'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Db } from './db.ts'
import { refuse } from './errors.ts'
import type { Ids } from './ids.ts'

/** Who acts. */
export type Actor =
  | { kind: 'anonymous' }
  | { kind: 'system'; name: string }
  | { kind: 'account'; accountId: string; email: string; name: string }
  | {
      kind: 'staff'
      accountId: string
      email: string
      name: string
      role: Role
      permissions: ReadonlySet<Permission>
      /** Shops this person works in; null means all. */
      siteIds: ReadonlySet<string> | null
    }
  | {
      kind: 'api_key'
      keyId: string
      name: string
      permissions: ReadonlySet<Permission>
      /** The company whose own key it is: it buys for that company. */
      companyId?: string | null
      /** The loyalty partner whose own key it is: it serves that partner's tills. */
      partnerId?: string | null
    }

/** What the whole process shares. */
export type Services = {
  readonly db: Db
  /** A copy of the database that only reads and may be a moment behind; undefined where none is configured. */
  readonly replica?: Db | undefined
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Logger
  readonly config: Config
  /** Tells the relay that events were committed, so that they need not wait for its next look. */
  readonly wakeRelay: () => void
}

/** What one command or question is done with. */
export type Ctx = Services & {
  readonly actor: Actor
  readonly locale: Locale
  readonly traceId: string
  /** The request's idempotency key, when it carries one. */
  readonly idempotency?: { readonly scope: string; readonly key: string; readonly requestHash: Buffer }
}

/** A context for what the system does by itself: jobs, subscribers, the demo. */
export function systemContext(services: Services, name: string): Ctx {
  return { ...services, actor: { kind: 'system', name }, locale: 'fr', traceId: `${name}-${services.ids.code(8)}` }
}

/**
 * The same for questions that take long and of which a moment ago is soon enough: asked of the replica where there is one, so that they
 * take nothing from the shop.
 */
export function onReplica(ctx: Ctx): Ctx {
  return ctx.replica ? { ...ctx, db: ctx.replica } : ctx
}

/** Whether the actor may do this; the system may do everything. */
export function may(actor: Actor, permission: Permission): boolean {
  if (actor.kind === 'system') return true
  return (actor.kind === 'staff' || actor.kind === 'api_key') && actor.permissions.has(permission)
}

/** @throws access.not_signed_in, access.forbidden */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (may(actor, permission)) return
  throw actor.kind === 'anonymous' ? refuse('access.not_signed_in') : refuse('access.forbidden', { permission })
}

/**
 * Staff who work in some shops only are kept to them.
 * @throws access.wrong_site
 */
export function requireSite(actor: Actor, siteId: string): void {
  if (actor.kind === 'staff' && actor.siteIds !== null && !actor.siteIds.has(siteId)) throw refuse('access.wrong_site')
}

/** The shops an actor is kept to, or null when all are open. For lists. */
export function sitesOf(actor: Actor): string[] | null {
  return actor.kind === 'staff' && actor.siteIds !== null ? [...actor.siteIds] : null
}

/** The actor's name in journals and timelines; null for a visitor. */
export function actorLabel(actor: Actor): string | null {
  switch (actor.kind) {
    case 'anonymous':
      return null
    case 'system':
      return `system:${actor.name}`
    case 'account':
    case 'staff':
    case 'api_key':
      return actor.name
  }
}
