import type { JourneyPersonSteps } from '@ecluse/contracts/journeys.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { noteRead } from '../../customers/public.ts'
import { decisionView } from './decision-view.ts'
import { participantView } from './journey-view.ts'
import { decisionsOnTheWay } from './queries/contacts.ts'
import { versionsAt } from './queries/journeys.ts'
import { participantById, stepsOf, type ListedParticipant } from './queries/people.ts'

/** @throws engagement.journey_not_found: such a person is in no such journey */
export async function readParticipant(db: Queryable, journeyId: string, id: string): Promise<ListedParticipant> {
  const row = await participantById(db, journeyId, id)
  if (row === undefined) throw refuse('engagement.journey_not_found')
  return row
}

/**
 * Somebody's way through a journey: each step they left, in the words of the version they were in then, with what was decided there
 * taken again from what was known. Reading it is noted, as any reading of what a customer got.
 * @throws engagement.journey_not_found
 */
export async function readPersonSteps(ctx: Ctx, journeyId: string, id: string): Promise<JourneyPersonSteps> {
  const row = await readParticipant(ctx.db, journeyId, id)
  const [steps, decided] = await Promise.all([stepsOf(ctx.db, row), decisionsOnTheWay(ctx.db, row)])
  const versions = [...new Set(steps.map(({ version }) => version))].map((version) => ({ journeyId, version }))
  const graphs = new Map((await versionsAt(ctx.db, versions)).map(({ version, graph }) => [version, graph]))
  noteRead(ctx, row.customer_id, 'timeline')
  return {
    person: participantView(row),
    steps: steps.map(({ visit, version, node_id: nodeId, port, at }) => {
      const node = graphs.get(version)?.nodes.find((one) => one.id === nodeId)
      const decision = decided.find((one) => one.visit === visit)
      return {
        visit,
        nodeId,
        nodeName: node?.name ?? '',
        nodeType: node?.type ?? null,
        version,
        port,
        at: at.toISOString(),
        decision: decision ? decisionView(decision, row.customer_id) : null,
      }
    }),
  }
}
