import type { GraphProblem } from '@ecluse/contracts/journey-graph.ts'
import type { JourneyResults } from '@ecluse/contracts/journeys.ts'

export type NodeFigures = JourneyResults['nodes'][number]

/** What is known of a step beside what it is told: who passed, and what is wrong with it. */
export type FactsOfStep = { figures: NodeFigures | undefined; problems: readonly GraphProblem[] }
export type StepFacts = {
  of: (nodeId: string) => FactsOfStep
  /** How a line is drawn: with how many took it, where that is known. */
  edge: (from: string, port: string) => { label?: string }
}

type Problem = { code: GraphProblem; nodeId: string | null }

/** @param write how a number of people is written. */
export function stepFacts(
  figures: readonly NodeFigures[],
  problems: readonly Problem[],
  write: (people: number) => string,
): StepFacts {
  const byNode = new Map(figures.map((one) => [one.nodeId, one]))
  return {
    of: (nodeId) => ({
      figures: byNode.get(nodeId),
      problems: problems.filter((problem) => problem.nodeId === nodeId).map(({ code }) => code),
    }),
    edge: (from, port) => {
      const people = byNode.get(from)?.ports[port]
      return people ? { label: write(people) } : {}
    },
  }
}
