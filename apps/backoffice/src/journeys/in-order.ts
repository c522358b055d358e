import { portsOf, type JourneyGraph, type JourneyNode } from '@ecluse/contracts/journey-graph.ts'
import { nodeOf, targetOf } from './graph-acts.ts'

/** The steps in the order one walks them, each way out to its end before the next; then what nothing leads to. */
export function inOrder(graph: JourneyGraph): JourneyNode[] {
  const seen = new Set<string>()
  const ordered: JourneyNode[] = []
  const walk = (node: JourneyNode): void => {
    if (seen.has(node.id)) return
    seen.add(node.id)
    ordered.push(node)
    for (const { port } of portsOf(node)) {
      const next = nodeOf(graph, targetOf(graph, node.id, port) ?? null)
      if (next) walk(next)
    }
  }
  for (const node of graph.nodes) if (node.type === 'entry') walk(node)
  for (const node of graph.nodes) walk(node)
  return ordered
}
