import type { Medium } from '@ecluse/contracts/consents.ts'
import type { JourneyNode } from '@ecluse/contracts/journey-graph.ts'
import type { ContactPolicy, JourneySettings } from '@ecluse/contracts/journeys.ts'
import type { SegmentRule } from '@ecluse/contracts/segments.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { queryOnce, type Tx } from '../../../kernel/db.ts'
import type { PersonPlace } from '../domain/person-place.ts'
import { segmentSql } from '../segments/queries/segment-sql.ts'
import type { CompiledGraph } from './domain/graph.ts'
import { whoseContact } from './queries/contacts.ts'
import { happened, type Asked, type ParticipantRow, type PersonRow } from './queries/participants.ts'

/** Somebody who is looked at, with who they are and the version they are in. */
export type Looked = {
  readonly row: ParticipantRow
  readonly person: PersonRow
  readonly place: PersonPlace
  readonly graph: CompiledGraph
  readonly settings: JourneySettings
}

/** Nobody who carries a medium: contacts by it are struck out. */
export type SendingMedia = ReadonlySet<Medium>

export type StepContext = {
  readonly ctx: Ctx
  readonly tx: Tx
  readonly now: Date
  readonly policy: ContactPolicy
  readonly media: SendingMedia
}

/** What nodes ask of the people who stand at them, loaded for all at once; by participant. */
export type AskedFacts = {
  readonly happenedAt: ReadonlyMap<string, Date>
  readonly holds: ReadonlySet<string>
}

/** Answers what waits and branches ask: one statement for each node at which anybody stands. */
export async function loadFacts({ tx, now }: StepContext, looked: readonly Looked[]): Promise<AskedFacts> {
  const happenedAt = new Map<string, Date>()
  const holds = new Set<string>()
  for (const [node, there] of byNode(looked)) {
    if (node.type === 'wait' && node.until.kind === 'event') {
      const asked = there.map(({ row, person }) => asking(row.id, person, row.since, now))
      for (const { id, at } of await happened(tx, node.until, asked)) happenedAt.set(id, at)
    }
    if (node.type !== 'branch') continue
    if (node.on.kind === 'did') {
      const asked = there.map(({ row, person }) => asking(row.id, person, row.entered_at, now))
      for (const { id } of await happened(tx, node.on, asked)) holds.add(id)
    } else if (node.on.kind === 'contact') {
      const rows = there.map(({ row }) => row)
      for (const id of await whoseContact(tx, rows, node.on.nodeId, node.on.what)) holds.add(id)
    } else for (const id of await fitting(tx, node.on.rule, there, now)) holds.add(id)
  }
  return { happenedAt, holds }
}

/** Those who stand at each node of each version. */
function byNode(looked: readonly Looked[]): Map<JourneyNode, Looked[]> {
  const groups = new Map<JourneyNode, Looked[]>()
  for (const one of looked) {
    const node = one.graph.nodes.get(one.row.node_id)
    if (node === undefined) continue
    const group = groups.get(node)
    if (group) group.push(one)
    else groups.set(node, [one])
  }
  return groups
}

const asking = (id: string, person: PersonRow, since: Date, until: Date): Asked => ({
  id,
  memberIds: person.member_ids,
  since,
  until,
})

/** Whom a segment's rule would have now. */
export async function fitting(tx: Tx, rule: SegmentRule, there: readonly Looked[], now: Date): Promise<string[]> {
  const among = [...new Set(there.flatMap(({ person }) => person.member_ids))]
  const rows = await queryOnce<{ party_id: string }>(tx, segmentSql(rule, now, among))
  const roots = new Set(rows.map(({ party_id }) => party_id))
  return there.filter(({ person }) => roots.has(person.root_id)).map(({ row }) => row.id)
}
