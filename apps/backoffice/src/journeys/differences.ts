import type { JourneyGraph, JourneyNode } from '@ecluse/contracts/journey-graph.ts'

/** What changes from one graph to the next: steps added, altered (where they are drawn does not count), gone, and ways joined otherwise. */
export function differences(
  before: JourneyGraph | undefined,
  after: JourneyGraph,
): { added: JourneyNode[]; altered: JourneyNode[]; gone: JourneyNode[]; ways: number } {
  const old = new Map(before?.nodes.map((node) => [node.id, node]))
  const kept = new Set(after.nodes.map(({ id }) => id))
  const told = (node: JourneyNode) => JSON.stringify({ ...node, x: 0, y: 0 })
  const way = ({ from, port, to }: JourneyGraph['edges'][number]) => `${from}/${port}/${to}`
  const oldWays = new Set(before?.edges.map(way))
  return {
    added: after.nodes.filter(({ id }) => !old.has(id)),
    altered: after.nodes.filter((node) => {
      const was = old.get(node.id)
      return was !== undefined && told(was) !== told(node)
    }),
    gone: (before?.nodes ?? []).filter(({ id }) => !kept.has(id)),
    // Those of steps that are new are told by the steps themselves.
    ways: after.edges.filter((edge) => old.has(edge.from) && old.has(edge.to) && !oldWays.has(way(edge))).length,
  }
}
