import type { ContactReason } from '@ecluse/contracts/consents.ts'
import type { Ctx } from '../../kernel/context.ts'
import { permissionFor, type ContactQuestion } from '../customers/public.ts'
import { addressKey } from './domain/address-key.ts'
import { callMoment, type CallQuestion, type ContactMoment } from './domain/call-hours.ts'
import type { PersonPlace } from './domain/person-place.ts'
import { quietMoment } from './domain/quiet-hours.ts'
import { deadAmong } from './mailbox/queries/mailbox.ts'

type GateQuestion = ContactQuestion & {
  /** Where they live, for the hours of their clock; unless said, in mainland France. */
  readonly place?: PersonPlace | undefined
  /** What a call asks beside: how often they were called, and what they answered. */
  readonly calls?: Pick<CallQuestion, 'asked' | 'attempts' | 'refusals'> | undefined
  /** Whether nobody is found at the address; unless said, `mayContact` looks. */
  readonly dead?: boolean | undefined
}

type Permission = Awaited<ReturnType<typeof permissionFor>>

type GateAnswer = Omit<Permission, 'reason'> & {
  readonly reason: ContactReason | Exclude<ContactMoment['reason'], 'open'>
  /** From when they may be contacted, where it is only too early; null: as things stand, never. */
  readonly from: Date | null
}

const mainland: PersonPlace = { country: 'FR', postalCode: '' }

/**
 * The one gate: nothing is sent to anybody, by any medium, without passing it. It answers from what was said until `at`, so that
 * what was decided then can be asked again. Service messages pass; everything else needs what the law asks of its medium, and the
 * hours of whoever gets it. Nothing goes to an address where nobody is found.
 */
export async function mayContact(ctx: Pick<Ctx, 'config' | 'db'>, question: GateQuestion): Promise<GateAnswer> {
  const permission = await permissionFor(ctx.config, ctx.db, question)
  const key = question.address && permission.allowed ? addressKey(question.medium, question.address) : null
  const dead = question.dead ?? (key !== null && (await deadAmong(ctx.db, [key])).has(key))
  return withinHours(permission, { ...question, dead })
}

/** What was permitted, held to the hours of whoever gets it; a refusal stays one. */
export function withinHours(permission: Permission, question: Omit<GateQuestion, 'partyId'>): GateAnswer {
  const { at, medium, purpose, place = mainland, calls, dead = false } = question
  if (!permission.allowed) return { ...permission, from: null }
  if (dead) return { ...permission, allowed: false, reason: 'dead_address', from: null }
  if (purpose === 'service') return { ...permission, from: at }
  const consented = permission.reason === 'consented'
  const moment = medium === 'phone' ? callMoment({ ...calls, at, place, consented }) : quietMoment(medium, at, place)
  if (moment.reason === 'open') return { ...permission, from: at }
  return { ...permission, allowed: false, reason: moment.reason, from: moment.from }
}
