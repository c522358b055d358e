import { portsOf, type JourneyCandidate, type JourneyGraph, type JourneyNode } from '@ecluse/contracts/journey-graph.ts'

export type NodeType = JourneyNode['type']

/** In the order they are offered. */
export const nodeTypes = [
  'message',
  'decision',
  'wait',
  'branch',
  'test',
  'goal',
  'exit',
  'entry',
] as const satisfies readonly NodeType[]

const noWords = { fr: '', en: '' }
const fresh = {
  medium: 'email',
  purpose: 'marketing',
  subject: 'news',
  content: { title: noWords, text: noWords, link: null },
  templateId: null,
} as const

/** Something one may be sent, as it is when it is added. */
export function freshCandidate(key: string): JourneyCandidate {
  return { key, name: '', ...fresh, hours: [], ownHour: false, only: null, valueMinor: 1_000 }
}

/** A step as it is when it is added: the commonest case, which can be kept as it is, to be changed. */
export function freshNode(type: NodeType, id: string): JourneyNode {
  const place = { id, name: '', x: 0, y: 0 }
  switch (type) {
    case 'entry':
      return { ...place, type, by: { kind: 'event', what: 'order' }, againAfterDays: null }
    case 'wait':
      return { ...place, type, until: { kind: 'duration', minutes: 3 * 24 * 60 } }
    case 'branch':
      return { ...place, type, on: { kind: 'did', what: 'order' } }
    case 'test':
      return {
        ...place,
        type,
        cells: ['a', 'b'].map((key) => ({ key, name: key.toUpperCase(), weight: 50 })),
      }
    case 'message':
      return { ...place, type, ...fresh }
    case 'decision':
      return { ...place, type, candidates: [freshCandidate('1')], atLeastMinor: 0 }
    case 'goal':
      return { ...place, type, what: 'order', withinDays: 30, leave: true }
    case 'exit':
      return { ...place, type }
  }
}

/** The first name of this kind that none of these has: `wait-3`. */
export function freshKey(taken: readonly string[], prefix: string): string {
  let number = 1
  while (taken.includes(`${prefix}-${number}`)) number++
  return `${prefix}-${number}`
}

export function nodeOf(graph: JourneyGraph, id: string | null): JourneyNode | undefined {
  return graph.nodes.find((node) => node.id === id)
}

/** Where a way out leads, if anywhere. */
export function targetOf(graph: JourneyGraph, from: string, port: string): string | undefined {
  return graph.edges.find((edge) => edge.from === from && edge.port === port)?.to
}

/** Joins a way out to a step; what it led to before, it leads to no more. */
export function connect(graph: JourneyGraph, from: string, port: string, to: string): JourneyGraph {
  return { ...graph, edges: [...disconnect(graph, from, port).edges, { from, port, to }] }
}

export function disconnect(graph: JourneyGraph, from: string, port: string): JourneyGraph {
  return { ...graph, edges: graph.edges.filter((edge) => edge.from !== from || edge.port !== port) }
}

/** A step that stands by itself: an entry, a goal, or one to be connected later. */
export function add(graph: JourneyGraph, node: JourneyNode): JourneyGraph {
  return { ...graph, nodes: [...graph.nodes, node] }
}

/** Puts a step into a way out; what came there comes after it, by its first way out. */
export function addAfter(graph: JourneyGraph, from: string, port: string, node: JourneyNode): JourneyGraph {
  const after = targetOf(graph, from, port)
  const way = portsOf(node)[0]?.port
  const joined = connect(add(graph, node), from, port, node.id)
  return after !== undefined && way !== undefined ? connect(joined, node.id, way, after) : joined
}

/** Takes a step out; who came to it goes on to where it led first. */
export function remove(graph: JourneyGraph, id: string): JourneyGraph {
  const node = nodeOf(graph, id)
  const next =
    node &&
    portsOf(node)
      .map(({ port }) => targetOf(graph, id, port))
      .find((to) => to && to !== id)
  return {
    nodes: graph.nodes.filter((other) => other.id !== id),
    edges: graph.edges
      .filter(({ from }) => from !== id)
      .flatMap((edge) => (edge.to !== id ? [edge] : next && next !== edge.from ? [{ ...edge, to: next }] : [])),
  }
}

/** Changes a step; ways out that it has no more are taken away with it. */
export function change(graph: JourneyGraph, node: JourneyNode): JourneyGraph {
  const ports = new Set(portsOf(node).map(({ port }) => port))
  return {
    nodes: graph.nodes.map((other) => (other.id === node.id ? node : other)),
    edges: graph.edges.filter(({ from, port }) => from !== node.id || ports.has(port)),
  }
}

/** Puts steps where they were dragged to. */
export function moved(graph: JourneyGraph, places: ReadonlyMap<string, { x: number; y: number }>): JourneyGraph {
  const nodes = graph.nodes.map((node) => {
    const to = places.get(node.id)
    return to ? { ...node, x: Math.round(to.x), y: Math.round(to.y) } : node
  })
  return { ...graph, nodes }
}
