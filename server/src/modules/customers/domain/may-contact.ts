import type {
  ConsentPurpose,
  ContactReason,
  Frequency,
  Medium,
  Preferences,
  Purpose,
  Subject,
} from '@ecluse/contracts/consents.ts'

/** An entry of a party's chain, as it is replayed. `medium` and `purpose` null: all of them. */
export type ConsentEntry = {
  readonly id: string
  readonly act: 'asked' | 'granted' | 'withdrawn' | 'preferred'
  readonly medium: Medium | null
  readonly purpose: ConsentPurpose | null
  readonly at: Date
  readonly source: string
  /** Fingerprint of the address it was given for; null: whichever is theirs. */
  readonly address: string | null
  readonly preferences: Preferences | null
}

/** What a contact would be. */
export type Contact = {
  readonly medium: Medium
  readonly purpose: Purpose
  readonly subject?: Subject | undefined
  /** Fingerprint of the address it would go to. */
  readonly address?: string | null | undefined
  readonly at: Date
  /** When they were last written to for this purpose, for those who want it seldom. */
  readonly lastAt?: Date | null | undefined
  /** Whether their data might only be kept then. */
  readonly restricted?: boolean | undefined
}

export type Permission = {
  readonly allowed: boolean
  readonly reason: ContactReason
  /** What decided: an entry of a chain. */
  readonly entry: ConsentEntry | null
}

const dayMs = 86_400_000
const pauseOf: Readonly<Record<Frequency, number>> = { any: 0, weekly: 7 * dayMs, monthly: 30 * dayMs }

/**
 * A letter may be sent to, and a visit paid to, whoever did not refuse (of visits: Code de la consommation, L221-10-1); everything else
 * needs a yes (CPCE, L34-5; Code de la consommation, L223-1).
 */
const unlessRefused: ReadonlySet<Medium> = new Set(['letter', 'visit'])

/**
 * Whether somebody may be contacted. Of the chains of those merged into one customer the strictest holds: one refusal, pause or
 * wish is enough against, and only a yes that was given for the very address counts for.
 * @param chains each party's entries in their order
 * @param opposed whether the address is on the list of oppositions
 */
export function mayContact(
  chains: readonly (readonly ConsentEntry[])[],
  opposed: boolean,
  contact: Contact,
): Permission {
  if (contact.purpose === 'service') return { allowed: true, reason: 'service', entry: null }
  if (opposed) return refused('opposed')
  const told = chains.map((entries) => lastSaid(entries, contact)).filter((entry) => entry !== null)
  const withdrawn = told.find(({ act }) => act === 'withdrawn')
  if (withdrawn) return refused('withdrawn', withdrawn)
  // After what they said themselves, which an erasure must find.
  if (contact.restricted) return refused('restricted')
  const granted = told.filter(({ act }) => act === 'granted')
  const fits = granted.find(({ address }) => !contact.address || address === null || address === contact.address)
  if (!fits && !unlessRefused.has(contact.medium)) return notGranted(granted[0], told)
  for (const entries of chains) {
    const wish = lastWish(entries, contact.at)
    const against = wish?.preferences && againstWish(wish.preferences, contact)
    if (wish && against) return refused(against, wish)
  }
  return { allowed: true, reason: fits ? 'consented' : 'no_objection', entry: fits ?? null }
}

function notGranted(elsewhere: ConsentEntry | undefined, told: readonly ConsentEntry[]): Permission {
  if (elsewhere) return refused('other_address', elsewhere)
  const asked = told.find(({ act }) => act === 'asked')
  return asked ? refused('not_confirmed', asked) : refused('not_asked')
}

/** The latest entry at a moment about a medium and a purpose; an unanswered question does not undo an earlier answer. */
function lastSaid(entries: readonly ConsentEntry[], { medium, purpose, at }: Contact): ConsentEntry | null {
  const about = entries.filter(
    (entry) =>
      entry.at <= at &&
      entry.act !== 'preferred' &&
      (entry.medium === null || entry.medium === medium) &&
      (entry.purpose === null || entry.purpose === purpose),
  )
  return about.findLast(({ act }) => act !== 'asked') ?? about.at(-1) ?? null
}

/** The wishes that held at a moment. */
export function lastWish(entries: readonly ConsentEntry[], at: Date): ConsentEntry | null {
  return entries.findLast((entry) => entry.act === 'preferred' && entry.at <= at) ?? null
}

function againstWish(
  { subjectsOff, frequency, pausedUntil }: Preferences,
  { purpose, subject, at, lastAt }: Contact,
): 'paused' | 'subject' | 'too_often' | null {
  if (purpose !== 'marketing') return null
  if (pausedUntil !== null && at < new Date(pausedUntil)) return 'paused'
  if (subject !== undefined && subjectsOff.includes(subject)) return 'subject'
  if (lastAt && frequency !== 'any' && at.getTime() - lastAt.getTime() < pauseOf[frequency]) return 'too_often'
  return null
}

function refused(reason: ContactReason, entry: ConsentEntry | null = null): Permission {
  return { allowed: false, reason, entry }
}
