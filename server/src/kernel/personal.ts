import sql, { type Sql } from 'sql-template-tag'
import type { Ctx } from './context.ts'
import { maybeOne, type Queryable, type Tx } from './db.ts'

/** By what the rows of one person are found, in any module: of everybody who is one customer with them. */
export type Person = {
  readonly parties: readonly string[]
  readonly accounts: readonly string[]
  /** Who they are in companies. */
  readonly members: readonly string[]
  readonly orders: readonly string[]
  /** Carts, quotes, reservations and requests. */
  readonly documents: readonly string[]
  readonly appointments: readonly string[]
  /** Mailboxes they showed to read; whether those are theirs alone is for `customers` to say. */
  readonly mailboxes: readonly string[]
  /** Addresses that are theirs alone. */
  readonly emails: readonly string[]
  /** What they share with others: it counts with their name only. */
  readonly shared: readonly string[]
  /** Names as they were given, and without capitals and accents. */
  readonly names: readonly string[]
  readonly folded: readonly string[]
  /** Texts in small letters that are nobody else's: what repeats one of them is about this person. */
  readonly words: readonly string[]
}

export const nobody: Person = {
  parties: [],
  accounts: [],
  members: [],
  orders: [],
  documents: [],
  appointments: [],
  mailboxes: [],
  emails: [],
  shared: [],
  names: [],
  folded: [],
  words: [],
}

/**
 * Why a column of a person's row is not in their archive: it opens something, it names somebody of the team, it is a company's own, or it
 * only repeats or computes.
 */
export type Withheld = 'secret' | 'staff' | 'firm' | 'copy'

/** What a law makes the firm keep of a person who is erased. */
export const laws = ['accounting', 'contract', 'proof'] as const
export type Law = (typeof laws)[number]

/**
 * What a table holds of a person. `read` answers the columns that are given to them, under their own names, oldest first.
 * `erase` makes the person disappear from its rows; done again it changes nothing. Without it, the rows say nothing by themselves.
 */
export type PersonalTable = {
  readonly table: string
  /** Columns of `docs/personal-data.md` that are not in the archive, and why. */
  readonly withheld?: Readonly<Record<string, Withheld>>
  /** Columns that stay as they are, by which law. */
  readonly kept?: Readonly<Record<string, Law>>
  /** Columns of which each value is one of a list: no words of anybody. */
  readonly coded?: readonly string[]
  /** What can only have been written of late, and need not be looked for when somebody was not heard of for years. */
  readonly recent?: boolean
  readonly read?: (person: Person) => Sql
  readonly erase?: (person: Person, given: { readonly now: Date; readonly secret: string }) => Sql
}

/** A record the law makes the firm keep: what it is, and what is needed of it. */
export type LegalRecord = {
  readonly law: Law
  readonly reference: string
  readonly at: Date
  readonly amountMinor: number
  readonly content: Readonly<Record<string, unknown>>
}

/** Somebody as their last acts are looked for. */
export type Quiet = { readonly partyId: string; readonly accountId: string | null }
/** The latest act of one kind (`engagement` names them) that a module knows of a party. */
export type LastAct = { readonly partyId: string; readonly kind: string; readonly at: Date }

/** What a module knows of people, and how it finds it, gives it and forgets it. */
export type PersonalPart = {
  readonly module: string
  readonly tables: readonly PersonalTable[]
  /** What this module adds to how a person is found; asked in order, each with what those before found. */
  locate?(db: Queryable, person: Person): Promise<Partial<Person>>
  /** Why a person cannot be erased yet. */
  obstacles?(db: Queryable, person: Person, now: Date): Promise<string[]>
  /** When they last did something themselves, of many at once: all that this module keeps, of any kind. */
  lastActs?(db: Queryable, quiet: readonly Quiet[]): Promise<readonly LastAct[]>
  legalRecords?(db: Queryable, person: Person): Promise<LegalRecord[]>
  /** Done once before anything is erased. */
  prepare?(ctx: Ctx, tx: Tx, person: Person): Promise<void>
}

/** Who did it, unless it was this person: for the column `actor`. */
export const actorExcept = (person: Person): Sql =>
  sql`case when actor = any(${person.names}::text[]) then null else actor end`

/** Whatever events and messages of this person are about. */
export const aggregatesOf = ({ parties, orders, documents, appointments, members }: Person): string[] => [
  ...parties,
  ...orders,
  ...documents,
  ...appointments,
  ...members,
]

/** Events, and answers kept for repeated requests. */
export const personalOfKernel: PersonalPart = {
  module: 'kernel',
  tables: [
    {
      table: 'kernel.outbox',
      withheld: { actor: 'staff' },
      read: (person) =>
        sql`select occurred_at, type, channel_code, payload from kernel.outbox
            where aggregate_id = any(${aggregatesOf(person)}::uuid[]) order by occurred_at, sequence`,
      erase: (person) =>
        sql`update kernel.outbox set payload = kernel.redact(payload::jsonb, ${person.words}::text[])::json, actor = ${actorExcept(person)}
            where aggregate_id = any(${aggregatesOf(person)}::uuid[])`,
    },
    {
      table: 'kernel.idempotency_key',
      withheld: { response: 'copy' },
      recent: true,
      erase: (person) =>
        sql`delete from kernel.idempotency_key
            where lower(response::text) like any(${[...person.emails, ...aggregatesOf(person)].map(likeWord)}::text[])`,
    },
  ],
  async obstacles(db, person) {
    const waiting = await maybeOne(
      db,
      sql`select 1 as found from kernel.event_waiting where aggregate_id = any(${aggregatesOf(person)}::uuid[]) limit 1`,
    )
    return waiting ? ['events_waiting'] : []
  },
}

/** A pattern that finds a word anywhere. */
export const likeWord = (word: string): string => `%${word.replace(/[\\%_]/g, '\\$&')}%`

/**
 * Whether a contact is this person's, for rows with `contact_name`, `contact_email` and `contact_phone`: by an address that is theirs
 * alone, or by one they share and their name.
 */
export const isTheirContact = ({ emails, shared, folded }: Person): Sql =>
  sql`(lower(contact_email) = any(${emails}::text[])
       or ((lower(contact_email) = any(${shared}::text[]) or contact_phone = any(${shared}::text[]))
           and lower(unaccent(contact_name)) = any(${folded}::text[])))`
