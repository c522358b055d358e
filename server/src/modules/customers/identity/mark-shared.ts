import type { Tx } from '../../../kernel/db.ts'
import { mostPeople, peopleOf } from '../domain/shared-identifiers.ts'
import { countHolders, markKeysShared, namesOfEmails, type IdentificationRow } from '../queries/identifications.ts'

/**
 * Notes which e-mails and devices are now known with too many people to lead to one of them: a family's mailbox, a shop's
 * tablet. Who is new and alone costs nothing.
 * @param changed parties of which something new was learned
 * @param created those of them that were not there before
 */
export async function markShared(
  tx: Tx,
  rows: readonly Pick<IdentificationRow, 'partyId' | 'kind' | 'value'>[],
  changed: ReadonlySet<string>,
  created: ReadonlyMap<string, unknown>,
  now: Date,
): Promise<void> {
  const renamed = new Set(
    rows
      .filter(({ kind, partyId }) => kind === 'name' && changed.has(partyId) && !created.has(partyId))
      .map(({ partyId }) => partyId),
  )
  const valuesOf = (kind: 'email' | 'device', parties?: ReadonlySet<string>): string[] =>
    rows.filter((row) => row.kind === kind && (parties?.has(row.partyId) ?? true)).map(({ value }) => value)
  const emails = valuesOf('email', renamed)
  const devices = valuesOf('device')
  const named = emails.length > 0 ? await namesOfEmails(tx, emails) : []
  const held = devices.length > 0 ? await countHolders(tx, 'device', devices) : []
  const shared = [
    ...named.map(({ email, names }) => ({ kind: 'email' as const, value: email, people: peopleOf(names) })),
    ...held.map(({ value, holders }) => ({ kind: 'device' as const, value, people: holders })),
  ].filter(({ kind, people }) => people > mostPeople[kind])
  if (shared.length > 0) await markKeysShared(tx, shared, now)
}
