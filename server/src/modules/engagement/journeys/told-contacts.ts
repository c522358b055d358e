import type { ContactEventKind } from '@ecluse/contracts/journeys.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { noteOpened } from '../note-interactions.ts'
import { machineRule } from './domain/machine.ts'
import { countSent, payBack } from './send-contacts.ts'
import { insertEvents, journeysOfContacts, writeTold, type EventRow, type ToldContact } from './queries/contacts.ts'
import { countOn, type Counted } from './queries/counts.ts'
import { lockContacts, lockJourneys } from './queries/locks.ts'

/** What whoever carries contacts told of one. */
export type ToldEvent = {
  readonly contactId: string
  readonly partyId: string
  readonly kind: ContactEventKind
  readonly at: Date
  readonly userAgent: string
  readonly ip: string
  /** What only machines do, where that is known. */
  readonly sign?: 'head' | 'ahead' | 'trap' | null
  /** Whether what it cost is spent although it did not arrive: a letter that came back. */
  readonly spent?: boolean
}

/**
 * Notes what became of contacts. What was uncertain is certain then: delivered is sent, bounced is failed. What machines open and
 * click is noted apart, with the rule that tells them from people, and counts for nothing. The same twice counts once.
 * @param around what else is known of the same contacts, to tell machines by
 * @returns how many were new
 */
export async function noteContactEvents(
  ctx: Ctx,
  tx: Tx,
  events: readonly ToldEvent[],
  around: readonly ToldEvent[] = [],
): Promise<number> {
  const keys = events.map(({ partyId, contactId }) => ({ party_id: partyId, id: contactId }))
  await lockJourneys(tx, await journeysOfContacts(tx, keys))
  const contacts = new Map((await lockContacts(tx, keys)).map((one) => [one.id, one]))
  const known = events.filter(({ contactId, partyId }) => contacts.get(contactId)?.party_id === partyId)
  const rows = known.map((event): EventRow => ({
    party_id: event.partyId,
    contact_id: event.contactId,
    kind: event.kind,
    at: event.at,
    machine: machineRule(event, contacts.get(event.contactId)?.left_at ?? null, [...known, ...around]),
  }))
  const fresh = await insertEvents(tx, rows)
  await noteOpened(ctx, tx, fresh, (id) => contacts.get(id)?.medium ?? null)
  const told = [...contacts.values()].map((contact) => ({
    contact,
    after: tell(
      contact,
      fresh.filter((event) => event.contact_id === contact.id),
    ),
  }))
  const changed = told.filter(({ contact }) => fresh.some((event) => event.contact_id === contact.id))
  await writeTold(
    tx,
    changed.map(({ after }) => after),
  )
  for (const { contact, after } of changed) {
    if (after.state === contact.state) continue
    // What was sent before it was uncertain was counted then.
    if (after.state === 'sent' && contact.sent_at === null) await countSent(tx, contact, ctx.clock.now())
    if (after.state === 'failed' && !known.some((event) => event.contactId === contact.id && event.spent))
      await payBack(tx, [contact])
  }
  await countOn(
    tx,
    changed.flatMap(({ contact, after }) => countsOf(contact, after, fresh)),
  )
  return fresh.length
}

type Told = Parameters<typeof writeTold>[1][number]

function tell(contact: ToldContact, events: readonly EventRow[]): Told {
  const first = (kind: ContactEventKind): Date | null =>
    events
      .filter((event) => event.kind === kind && event.machine === null)
      .map(({ at }) => at)
      .toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null
  const [delivered_at, bounced_at, opened_at, clicked_at] = [
    first('delivered'),
    first('bounced'),
    first('opened'),
    first('clicked'),
  ]
  const uncertain = contact.state === 'unknown' || contact.state === 'sending'
  const arrived = delivered_at ?? opened_at ?? clicked_at
  const state =
    uncertain && arrived ? 'sent' : bounced_at && (uncertain || contact.state === 'sent') ? 'failed' : contact.state
  return {
    party_id: contact.party_id,
    id: contact.id,
    state,
    reason: state === 'failed' ? 'bounced' : null,
    sent_at: state === 'sent' ? (contact.sent_at ?? arrived) : null,
    delivered_at,
    bounced_at,
    opened_at,
    clicked_at,
  }
}

/** Each contact counts once as opened and once as clicked, by people; what machines do counts each time. */
function countsOf(contact: ToldContact, after: Told, fresh: readonly EventRow[]): Counted[] {
  const at = { journeyId: contact.journey_id, nodeId: contact.node_id, what: 'contact' as const }
  const own = fresh.filter((event) => event.contact_id === contact.id)
  const byMachine = (kind: ContactEventKind) =>
    own.filter((event) => event.kind === kind && event.machine !== null).length
  const counted: Counted[] = [
    { ...at, key: after.state, n: after.state === contact.state ? 0 : 1 },
    { ...at, key: 'unknown', n: contact.state === 'unknown' && after.state !== 'unknown' ? -1 : 0 },
    { ...at, key: 'sent', n: contact.state === 'sent' && after.state === 'failed' ? -1 : 0 },
    { ...at, key: 'opened', n: after.opened_at && contact.opened_at === null ? 1 : 0 },
    { ...at, key: 'clicked', n: after.clicked_at && contact.clicked_at === null ? 1 : 0 },
    { ...at, key: 'opened_by_machine', n: byMachine('opened') },
    { ...at, key: 'clicked_by_machine', n: byMachine('clicked') },
  ]
  return counted.filter(({ n }) => n !== 0)
}
