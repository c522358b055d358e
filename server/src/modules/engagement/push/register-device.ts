import { createHash } from 'node:crypto'
import type { NotifiedDevice, PushSubscriptionInput } from '@ecluse/contracts/notifications.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { addressFault } from '../../../kernel/http/judge-address.ts'
import {
  appendConsent,
  customerById,
  membersOf,
  partyOfKey,
  permissionFor,
  resolveParties,
} from '../../customers/public.ts'
import { putWish } from '../media/choose-service-medium.ts'
import { serviceWishOf } from '../media/queries/texts.ts'
import { areBrowserKeys } from './domain/vapid-keys.ts'
import { lockDevice } from './queries/locks.ts'
import { deviceHeld, devicesOf, dropDevice, putDevice, type DeviceRow } from './queries/devices.ts'

type Said = { readonly locale: Locale; readonly network: string }
type Wanted = { readonly marketing: boolean; readonly service: boolean }

const wording = 'push-1'

/** By what a device is known among the identifiers of a party; who only has this cannot send to it. */
const deviceOf = (endpoint: string): string => `push:${createHash('sha256').update(endpoint).digest('base64url')}`

const accountOf = ({ actor }: Ctx) => (actor.kind === 'account' || actor.kind === 'staff' ? actor : null)

/**
 * Lets a browser be notified: it becomes an identifier of whoever is signed in, or of somebody who has nothing else yet and whose history
 * joins when they sign in. What they want of it goes to the chain of consents, and to their wish for service messages.
 * @throws engagement.device_refused when its address or keys are no good; access.not_signed_in where several people use it
 */
export async function putMyDevice(
  ctx: Ctx,
  tx: Tx,
  input: PushSubscriptionInput & Wanted & Said,
): Promise<NotifiedDevice> {
  const { endpoint, p256dh, auth, locale } = input
  const allowPrivate = ctx.config.webhookPrivateAddresses === 'allow'
  if (addressFault(endpoint, allowPrivate) !== null || !areBrowserKeys({ p256dh, auth }))
    throw refuse('engagement.device_refused')
  const device = deviceOf(endpoint)
  await lockDevice(tx, device)
  const partyId = await ownerOf(ctx, tx, device, locale)
  const row = { party_id: partyId, device, endpoint, p256dh, auth, service: new URL(endpoint).host, locale }
  await putDevice(tx, row, ctx.clock.now())
  await want(ctx, tx, row, input)
  return stateOf(ctx, tx, row)
}

/** What this browser is notified of, for whoever asks: of a browser that notifies somebody else nothing is told. */
export async function readMyDevice(ctx: Ctx, db: Queryable, endpoint: string): Promise<NotifiedDevice> {
  const row = await deviceHeld(db, deviceOf(endpoint))
  const signedIn = accountOf(ctx) !== null
  const unknown = { known: false, marketing: false, service: false, signedIn }
  if (!row) return unknown
  const account = accountOf(ctx)
  if (account === null) return stateOf(ctx, db, row)
  const mine = await partyOfKey(db, 'account', account.accountId)
  const members = mine === undefined ? [] : await membersOf(db, mine)
  return members.includes(row.party_id) ? stateOf(ctx, db, row) : unknown
}

/** Whoever signed in brings what their browser was allowed while nobody knew them; a browser of somebody else stays theirs. */
export async function joinMyDevice(ctx: Ctx, tx: Tx, endpoint: string): Promise<NotifiedDevice> {
  const row = await deviceHeld(tx, deviceOf(endpoint))
  if (row) await ownerOf(ctx, tx, row.device, row.locale)
  return readMyDevice(ctx, tx, endpoint)
}

/** Notifies a browser no more. Whose last one it was wishes no more notifications, until they allow another. */
export async function endMyDevice(ctx: Ctx, tx: Tx, endpoint: string, said: Said): Promise<void> {
  const row = await deviceHeld(tx, deviceOf(endpoint))
  if (!row) return
  await dropDevice(tx, row.device)
  if ((await devicesOf(tx, await membersOf(tx, row.party_id))).length > 0) return
  await want(ctx, tx, row, { ...said, marketing: false, service: false })
}

/** The party a device is of: that of the account, or whoever it is known to be of, or somebody new. */
async function ownerOf(ctx: Ctx, tx: Tx, device: string, locale: Locale): Promise<string> {
  const account = accountOf(ctx)
  const [resolved] = await resolveParties(ctx, tx, [
    {
      name: account?.name ?? '',
      email: account?.email ?? null,
      accountId: account?.accountId ?? null,
      external: [{ kind: 'device', value: device }],
      locale,
      source: 'notifications',
    },
  ])
  if (!resolved) throw refuse('access.not_signed_in')
  return resolved.partyId
}

/** Writes down what changed of what is wanted, and nothing of what did not. */
async function want(
  ctx: Ctx,
  tx: Tx,
  { party_id: partyId, device }: DeviceRow,
  { marketing, service, ...said }: Wanted & Said,
) {
  if ((await allowsNews(ctx, tx, partyId)) !== marketing)
    await appendConsent(ctx, tx, {
      partyId,
      act: marketing ? 'granted' : 'withdrawn',
      medium: 'push',
      purpose: 'marketing',
      source: 'notifications',
      wording,
      locale: said.locale,
      proof: { form: 'notifications', device, network: said.network },
    })
  const party = await customerById(tx, partyId)
  if (!party) return
  const wished = (await serviceWishOf(tx, party.id)) ?? 'email'
  if (service && wished !== 'push' && accountOf(ctx) !== null) await putWish(ctx, tx, party, 'push')
  if (!service && wished === 'push') await putWish(ctx, tx, party, 'email')
}

/** Whether they said yes to news by notifications, whatever is paused or unticked meanwhile. */
async function allowsNews(ctx: Ctx, db: Queryable, partyId: string): Promise<boolean> {
  const question = { partyId, medium: 'push', purpose: 'marketing', at: ctx.clock.now() } as const
  const { allowed, reason } = await permissionFor(ctx.config, db, question)
  return allowed || ['paused', 'subject', 'too_often'].includes(reason)
}

async function stateOf(ctx: Ctx, db: Queryable, { party_id: partyId }: DeviceRow): Promise<NotifiedDevice> {
  const party = await customerById(db, partyId)
  const service = party !== undefined && (await serviceWishOf(db, party.id)) === 'push'
  return { known: true, marketing: await allowsNews(ctx, db, partyId), service, signedIn: accountOf(ctx) !== null }
}
