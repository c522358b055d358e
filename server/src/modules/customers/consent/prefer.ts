import type { PreferencePage, Preferences } from '@ecluse/contracts/consents.ts'
import { consentPurposes, media, type Medium } from '@ecluse/contracts/consents.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { canonicalJson } from '../../../kernel/chain.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { mayContact } from '../domain/may-contact.ts'
import { maskEmail } from '../domain/minimise.ts'
import { askedConsent, consentsOf } from '../queries/consents.ts'
import { partyById, partyOfKey } from '../queries/parties.ts'
import { resolveParties } from '../resolve-parties.ts'
import { appendConsent } from './append-consent.ts'
import { noWish, readConsents } from './read-consents.ts'
import { readToken, writeToken } from './tokens.ts'

type Said = { readonly proof: Readonly<Record<string, string>>; readonly locale: Locale }

/** How long the link of a question can be answered. */
const answerWithinMs = 7 * 86_400_000

/**
 * Somebody asks for news with an address nobody has shown to be theirs: the question is noted, and sent to it. Whether the address
 * was known before is not told.
 */
export async function askNewsletter(ctx: Ctx, tx: Tx, email: string, { proof, locale }: Said): Promise<void> {
  const [party] = await resolveParties(ctx, tx, [{ name: '', email, locale, source: 'form' }])
  if (!party) return
  await appendConsent(ctx, tx, {
    partyId: party.partyId,
    act: 'asked',
    medium: 'email',
    purpose: 'marketing',
    source: 'newsletter',
    wording: 'marketing-1',
    locale,
    proof: { ...proof, form: 'newsletter' },
    address: email,
  })
}

/**
 * The link of the question was opened by whoever reads the mailbox: that is the consent. Opened again, it changes nothing.
 * @returns the token of their preferences
 * @throws customers.link_invalid
 */
export async function confirmNewsletter(ctx: Ctx, tx: Tx, written: string, { proof, locale }: Said): Promise<string> {
  const { partyId, entryId } = readToken(ctx.config, written, 'confirm')
  const asked = await askedConsent(tx, partyId, entryId)
  if (!asked?.address || ctx.clock.now().getTime() - asked.at.getTime() > answerWithinMs)
    throw refuse('customers.link_invalid')
  const chain = await consentsOf(tx, [partyId])
  const since = chain.findIndex(({ id }) => id === entryId)
  const answered = chain
    .slice(since + 1)
    .some(({ act, medium }) => act !== 'preferred' && (medium ?? 'email') === 'email')
  if (!answered)
    await appendConsent(ctx, tx, {
      partyId,
      act: 'granted',
      medium: 'email',
      purpose: 'marketing',
      source: 'newsletter',
      wording: 'marketing-1',
      locale,
      proof: { ...proof, asked: entryId },
      address: asked.address,
    })
  return writeToken(ctx.config, { may: 'prefer', partyId, medium: 'email', purpose: 'marketing' })
}

/** @throws customers.link_invalid */
export async function readPreferences(ctx: Ctx, db: Queryable, written: string): Promise<PreferencePage> {
  const { partyId } = readToken(ctx.config, written, 'prefer')
  return pageOf(ctx, db, partyId)
}

/** @throws customers.link_invalid */
async function pageOf(ctx: Ctx, db: Queryable, partyId: string): Promise<PreferencePage> {
  const party = await partyById(db, partyId)
  if (!party) throw refuse('customers.link_invalid')
  const { cells, preferences } = await readConsents(ctx, db, partyId, ctx.clock.now())
  return { address: party.email ? maskEmail(party.email) : party.name, locale: party.locale, cells, preferences }
}

/**
 * Writes down what changed, and nothing of what did not.
 * @param wanted the media marketing may use
 * @throws customers.link_invalid
 */
export async function putPreferences(ctx: Ctx, tx: Tx, written: string, wishes: Wishes): Promise<PreferencePage> {
  const { partyId } = readToken(ctx.config, written, 'prefer')
  await noteWishes(ctx, tx, partyId, wishes, true)
  return pageOf(ctx, tx, partyId)
}

type Wishes = { readonly wanted: readonly Medium[]; readonly preferences: Preferences } & Said

/**
 * @param mayGrant whether a yes is theirs to give here
 * @returns the media they said yes to where it was not
 */
async function noteWishes(
  ctx: Ctx,
  tx: Tx,
  partyId: string,
  { wanted, preferences, ...said }: Wishes,
  mayGrant: boolean,
): Promise<Medium[]> {
  const before = await pageOf(ctx, tx, partyId)
  const toConfirm: Medium[] = []
  const common = { partyId, source: 'preferences', wording: 'preferences-1', ...said } as const
  for (const medium of media) {
    const cell = before.cells.find((one) => one.medium === medium && one.purpose === 'marketing')
    const allowed = cell?.allowed === true || ['paused', 'subject', 'too_often'].includes(cell?.reason ?? '')
    if (allowed === wanted.includes(medium)) continue
    const act = wanted.includes(medium) ? 'granted' : 'withdrawn'
    if (act === 'granted' && !mayGrant) {
      toConfirm.push(medium)
      continue
    }
    await appendConsent(ctx, tx, { ...common, act, medium, purpose: 'marketing' })
  }
  const wish = { ...preferences, subjectsOff: [...preferences.subjectsOff].sort() }
  if (canonicalJson(wish) !== canonicalJson(before.preferences))
    await appendConsent(ctx, tx, { ...common, act: 'preferred', medium: null, purpose: null, preferences: wish })
  return toConfirm
}

type Account = { readonly accountId: string; readonly email: string; readonly name: string }

/** What whoever is signed in wishes to receive; nothing was said by who is no customer yet. */
export async function readMyPreferences(ctx: Ctx, db: Queryable, account: Account): Promise<PreferencePage> {
  const partyId = await partyOfKey(db, 'account', account.accountId)
  if (partyId !== undefined) return pageOf(ctx, db, partyId)
  const at = ctx.clock.now()
  const cells = media.flatMap((medium) =>
    consentPurposes.map((purpose) => {
      const { allowed, reason } = mayContact([], false, { medium, purpose, at })
      return { medium, purpose, allowed, reason, at: null, source: null }
    }),
  )
  return { address: maskEmail(account.email), locale: ctx.locale, cells, preferences: noWish }
}

/**
 * Writes down what whoever is signed in no longer wishes, about what, how often and not for a while, at once. An account shows nobody's
 * mailbox: a yes is told to be confirmed, by the link that is sent there.
 */
export async function putMyPreferences(
  ctx: Ctx,
  tx: Tx,
  { accountId, email, name }: Account,
  wishes: Wishes,
): Promise<PreferencePage & { toConfirm: Medium[] }> {
  const known = await partyOfKey(tx, 'account', accountId)
  const [party] =
    known === undefined
      ? await resolveParties(ctx, tx, [{ name, email, accountId, locale: ctx.locale, source: 'account' }])
      : [{ partyId: known }]
  if (!party) throw refuse('customers.not_found')
  const toConfirm = await noteWishes(ctx, tx, party.partyId, wishes, false)
  return { ...(await pageOf(ctx, tx, party.partyId)), toConfirm }
}

/**
 * No more of what the link was sent with. Asked again, it changes nothing.
 * @throws customers.link_invalid
 */
export async function unsubscribe(ctx: Ctx, tx: Tx, written: string, { proof, locale }: Said): Promise<void> {
  const { partyId, medium, purpose } = readToken(ctx.config, written, 'prefer')
  const { cells } = await readConsents(ctx, tx, partyId, ctx.clock.now())
  const cell = cells.find((one) => one.medium === medium && one.purpose === purpose)
  if (cell?.reason === 'withdrawn' || cell?.reason === 'opposed') return
  const said = { source: 'unsubscribe', wording: null, locale, proof }
  await appendConsent(ctx, tx, { partyId, act: 'withdrawn', medium, purpose, ...said })
}
