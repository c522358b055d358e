import type { JourneyGraph } from '@ecluse/contracts/journey-graph.ts'
import type { Journey } from '@ecluse/contracts/journeys.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { problemsOf } from './domain/graph.ts'
import { candidatesOf } from './load-decisions.ts'
import { knownSegments, publishedTemplates } from './queries/journeys.ts'

/** What keeps a graph from being published: what it says itself, and what it names that is not there. */
export async function problemsIn(db: Queryable, graph: JourneyGraph): Promise<Journey['problems']> {
  const segments = graph.nodes.flatMap((node) =>
    node.type === 'entry' && node.by.kind !== 'event' ? [{ nodeId: node.id, id: node.by.segmentId }] : [],
  )
  const templates = graph.nodes.flatMap((node) =>
    node.type === 'message' || node.type === 'decision'
      ? candidatesOf(node).flatMap(({ medium, templateId }) =>
          (medium === 'email' || medium === 'letter') && templateId !== null
            ? [{ nodeId: node.id, id: templateId, medium }]
            : [],
        )
      : [],
  )
  const [known, published] = await Promise.all([
    knownSegments(
      db,
      segments.map(({ id }) => id),
    ),
    publishedTemplates(
      db,
      templates.map(({ id }) => id),
    ),
  ])
  return [
    ...problemsOf(graph),
    ...segments.filter(({ id }) => !known.has(id)).map(({ nodeId }) => ({ code: 'unknown_segment' as const, nodeId })),
    ...templates
      .filter(({ id, medium }) => published.get(id) !== medium)
      .map(({ nodeId }) => ({ code: 'template_unpublished' as const, nodeId })),
  ]
}
