import type { Journey, JourneyParticipant, JourneySummary, JourneyVersion } from '@ecluse/contracts/journeys.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { readContactPolicy } from './contact-policy.ts'
import { costOf } from './domain/contact-cost.ts'
import { candidatesOf } from './load-decisions.ts'
import { problemsIn } from './graph-problems.ts'
import { journeyById, type JourneyRow, type versionsOf } from './queries/journeys.ts'
import type { ListedParticipant } from './queries/people.ts'

export function journeySummary(row: JourneyRow): JourneySummary {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    kind: row.kind,
    state: row.state,
    stateReason: row.state_reason,
    stateAt: row.state_at.toISOString(),
    stateBy: row.state_by,
    revision: row.revision,
    publishedVersion: row.published_version,
    publishedAt: row.published_at?.toISOString() ?? null,
    changedSince: row.published_revision !== null && row.published_revision !== row.revision,
    startsAt: row.intake_at?.toISOString() ?? null,
    people: { entered: row.entered_count, inside: row.inside_count, goal: row.goal_count },
    spentMicro: Number(row.spent_micro),
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    updatedAt: row.updated_at.toISOString(),
  }
}

/** A journey with its draft. @throws engagement.journey_not_found */
export async function readJourney(db: Queryable, id: string): Promise<Journey> {
  const row = await journeyById(db, id)
  if (row === undefined) throw refuse('engagement.journey_not_found')
  const policy = await readContactPolicy(db)
  const costs = row.graph.nodes.flatMap((node) =>
    node.type === 'message' || node.type === 'decision'
      ? candidatesOf(node).map((one) => ({
          nodeId: node.id,
          key: node.type === 'message' ? '' : one.key,
          micro: costOf(one, 'fr', policy),
        }))
      : [],
  )
  const problems = await problemsIn(db, row.graph)
  return { ...journeySummary(row), graph: row.graph, settings: row.settings, problems, costs }
}

export function versionView(row: Awaited<ReturnType<typeof versionsOf>>[number]): JourneyVersion {
  return {
    version: row.version,
    graph: row.graph,
    settings: row.settings,
    publishedAt: row.published_at.toISOString(),
    publishedBy: row.published_by,
    inside: row.inside,
  }
}

export function participantView(row: ListedParticipant): JourneyParticipant {
  return {
    id: row.id,
    customerId: row.customer_id,
    name: row.name,
    version: row.version,
    nodeId: row.node_id,
    state: row.state,
    reason: row.reason,
    heldOut: row.held_out,
    enteredAt: row.entered_at.toISOString(),
    since: row.since.toISOString(),
    nextAt: row.next_at?.toISOString() ?? null,
  }
}
