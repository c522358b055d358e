import type { JourneyGraph } from '@ecluse/contracts/journey-graph.ts'
import { moved } from './graph-acts.ts'

/** Room of one step, its way out included, in pixels of the drawing. */
const step = { width: 290, height: 180 }
const sweeps = 4

/**
 * Lays a graph out from top to bottom: each step one storey below the lowest that leads to it, those of a storey in the order that
 * crosses fewest lines, each as near as can be to what leads to it. Ways back do not count. What nothing leads to stands above, beside the entry.
 */
export function arranged(graph: JourneyGraph): JourneyGraph {
  const edges = withoutWaysBack(graph)
  const depth = depths(graph, edges)
  const storeys: string[][] = []
  for (const { id } of graph.nodes) (storeys[depth.get(id) ?? 0] ??= []).push(id)
  sortStoreys(storeys, edges)
  const places = new Map<string, { x: number; y: number }>()
  storeys.forEach((ids, level) => {
    const wished = ids.map((id) =>
      mean(edges.filter(({ to }) => to === id).map(({ from }) => places.get(from)?.x ?? 0)),
    )
    const spaced = spread(wished)
    ids.forEach((id, at) => places.set(id, { x: spaced[at] ?? 0, y: level * step.height }))
  })
  return moved(graph, places)
}

type Edge = { from: string; to: string }

/** The edges, less those that lead back to a step one came through. */
function withoutWaysBack(graph: JourneyGraph): Edge[] {
  const kept: Edge[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (id: string): void => {
    state.set(id, 'open')
    for (const edge of graph.edges) {
      if (edge.from !== id || state.get(edge.to) === 'open') continue
      kept.push(edge)
      if (!state.has(edge.to)) visit(edge.to)
    }
    state.set(id, 'done')
  }
  const entries = graph.nodes.filter(({ type }) => type === 'entry')
  for (const { id } of [...entries, ...graph.nodes]) if (!state.has(id)) visit(id)
  return kept
}

/** How many steps below the top each lies, by the longest way. */
function depths(graph: JourneyGraph, edges: readonly Edge[]): Map<string, number> {
  const depth = new Map(graph.nodes.map(({ id }) => [id, 0]))
  // No way is longer than there are steps: as many rounds settle it.
  for (let round = 0; round < graph.nodes.length; round++) {
    for (const { from, to } of edges) {
      depth.set(to, Math.max(depth.get(to) ?? 0, (depth.get(from) ?? 0) + 1))
    }
  }
  return depth
}

/** Orders each storey by where its neighbours above, then below, lie. */
function sortStoreys(storeys: string[][], edges: readonly Edge[]): void {
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const down = sweep % 2 === 0
    const place = new Map(storeys.flatMap((ids) => ids.map((id, at) => [id, at] as const)))
    for (const ids of down ? storeys : storeys.toReversed()) {
      const wished = new Map(
        ids.map((id, at) => {
          const near = edges.filter((edge) => (down ? edge.to : edge.from) === id)
          const places = near.map((edge) => place.get(down ? edge.from : edge.to) ?? at)
          return [id, places.length === 0 ? at : mean(places)] as const
        }),
      )
      ids.sort((a, b) => (wished.get(a) ?? 0) - (wished.get(b) ?? 0))
      ids.forEach((id, at) => place.set(id, at))
    }
  }
}

/** Keeps wished places in their order, none nearer to the next than a step is wide, and together where they were wished. */
function spread(wished: readonly number[]): number[] {
  const places: number[] = []
  for (const wish of wished) places.push(Math.max(wish, (places.at(-1) ?? -Infinity) + step.width))
  const shift = mean(wished) - mean(places)
  return places.map((x) => x + shift)
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
