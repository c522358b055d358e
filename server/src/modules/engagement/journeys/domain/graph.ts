import { tellsOfGoods, type InteractionKind } from '@ecluse/contracts/interactions.ts'
import {
  portsOf,
  type GraphProblem,
  type JourneyGraph,
  type JourneyNode,
  type JourneyNodeOf,
} from '@ecluse/contracts/journey-graph.ts'
import { locales } from '@ecluse/contracts/scalars.ts'
import { partsOf } from '../../domain/sms-parts.ts'
import { mostPushCharacters } from '../../push/domain/notification.ts'
import { mostSocialCharacters } from '../../social/domain/social-name.ts'
import { textFor } from './contact-cost.ts'

/** A graph as the engine walks it. */
export type CompiledGraph = {
  readonly nodes: ReadonlyMap<string, JourneyNode>
  readonly entry: JourneyNodeOf<'entry'> | undefined
  readonly goal: JourneyNodeOf<'goal'> | undefined
  /** Where a way out leads; undefined when it is open. */
  next(nodeId: string, port: string): string | undefined
}

export function compileGraph(graph: JourneyGraph): CompiledGraph {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]))
  const ways = new Map(graph.edges.map(({ from, port, to }) => [`${from} ${port}`, to]))
  return {
    nodes,
    entry: graph.nodes.find((node) => node.type === 'entry'),
    goal: graph.nodes.find((node) => node.type === 'goal'),
    next: (nodeId, port) => ways.get(`${nodeId} ${port}`),
  }
}

/** Kinds of interactions that concern somebody who stands at a node: what it waits for, and the goal of the whole. */
export function heardAt({ nodes, goal }: CompiledGraph, nodeId: string): InteractionKind[] {
  const node = nodes.get(nodeId)
  const kinds = new Set<InteractionKind>()
  if (node?.type === 'wait' && node.until.kind === 'event') kinds.add(node.until.what)
  if (goal) kinds.add(goal.what)
  return [...kinds]
}

/** Whether the journey takes a segment in at a time, rather than whoever comes. */
export function kindOf({ entry }: CompiledGraph): 'campaign' | 'journey' {
  if (entry?.by.kind === 'date') return 'campaign'
  return entry?.by.kind === 'segment' && entry.by.when === 'now' ? 'campaign' : 'journey'
}

type Problem = { readonly code: GraphProblem; readonly nodeId: string | null }

/** What keeps a graph from being published, as far as it tells by itself. */
export function problemsOf(graph: JourneyGraph): Problem[] {
  const compiled = compileGraph(graph)
  const count = (type: JourneyNode['type']) => graph.nodes.filter((node) => node.type === type)
  const of = (code: GraphProblem, nodeIds: readonly (string | null)[]): Problem[] =>
    nodeIds.map((nodeId) => ({ code, nodeId }))
  const ids = graph.nodes.map(({ id }) => id)
  return [
    ...(count('entry').length === 0 ? of('no_entry', [null]) : []),
    ...of(
      'many_entries',
      count('entry')
        .slice(1)
        .map(({ id }) => id),
    ),
    ...of(
      'many_goals',
      count('goal')
        .slice(1)
        .map(({ id }) => id),
    ),
    ...of(
      'same_id',
      ids.filter((id, at) => ids.indexOf(id) !== at),
    ),
    ...edgeProblems(graph, compiled),
    ...graph.nodes.flatMap((node) => of('port_open', openPorts(compiled, node))),
    ...of('unreachable', unreachable(compiled)),
    ...of('endless_loop', loops(compiled)),
    ...graph.nodes.flatMap(nodeProblems),
  ]
}

function edgeProblems(graph: JourneyGraph, { nodes }: CompiledGraph): Problem[] {
  const seen = new Set<string>()
  return graph.edges.flatMap(({ from, port, to }): Problem[] => {
    const source = nodes.get(from)
    const target = nodes.get(to)
    if (!source || !target) return [{ code: 'unknown_node', nodeId: source ? from : to }]
    if (target.type === 'entry') return [{ code: 'into_entry', nodeId: from }]
    if (!portsOf(source).some((one) => one.port === port)) return [{ code: 'unknown_port', nodeId: from }]
    const twice = seen.has(`${from} ${port}`)
    seen.add(`${from} ${port}`)
    return twice ? [{ code: 'port_twice', nodeId: from }] : []
  })
}

function openPorts({ next }: CompiledGraph, node: JourneyNode): string[] {
  return portsOf(node).some(({ port, optional }) => !optional && next(node.id, port) === undefined) ? [node.id] : []
}

function targetsOf({ next, nodes }: CompiledGraph, nodeId: string): string[] {
  const node = nodes.get(nodeId)
  return node ? portsOf(node).flatMap(({ port }) => next(nodeId, port) ?? []) : []
}

/** What nobody comes to; a goal is reached from anywhere. */
function unreachable(graph: CompiledGraph): string[] {
  if (!graph.entry) return []
  const reached = new Set([graph.entry.id, ...(graph.goal ? [graph.goal.id] : [])])
  for (const nodeId of reached) for (const target of targetsOf(graph, nodeId)) reached.add(target)
  return [...graph.nodes.keys()].filter((nodeId) => !reached.has(nodeId))
}

/** Nodes somebody would run through for ever without a wait. */
function loops(graph: CompiledGraph): string[] {
  const passing = [...graph.nodes.values()].filter(({ type }) => type !== 'wait').map(({ id }) => id)
  const alone = new Set(passing)
  // A node that leads nowhere but out of the loop is taken away, until only loops are left.
  for (let taken = true; taken;) {
    taken = false
    for (const nodeId of alone)
      if (!targetsOf(graph, nodeId).some((target) => alone.has(target))) {
        alone.delete(nodeId)
        taken = true
      }
  }
  return [...alone].filter((nodeId) => leadsBack(graph, nodeId, alone))
}

function leadsBack(graph: CompiledGraph, nodeId: string, among: ReadonlySet<string>): boolean {
  const reached = new Set(targetsOf(graph, nodeId).filter((target) => among.has(target)))
  for (const one of reached) for (const target of targetsOf(graph, one)) if (among.has(target)) reached.add(target)
  return reached.has(nodeId)
}

function nodeProblems(node: JourneyNode, _at: number, nodes: readonly JourneyNode[]): Problem[] {
  const problem = (code: GraphProblem): Problem => ({ code, nodeId: node.id })
  switch (node.type) {
    case 'entry':
      return node.by.kind === 'event' && asksForGoods(node.by) ? [problem('only_of_purchases')] : []
    case 'goal':
      return asksForGoods(node) ? [problem('only_of_purchases')] : []
    case 'wait':
      return node.until.kind === 'event' && asksForGoods(node.until) ? [problem('only_of_purchases')] : []
    case 'branch':
      return branchProblems(node, nodes).map(problem)
    case 'test':
      return sameKeys(node.cells) ? [problem('same_key')] : []
    case 'message':
      return [...(wordless(node) ? [problem('no_words')] : []), ...(tooLong(node) ? [problem('text_too_long')] : [])]
    case 'decision':
      return [
        ...(node.candidates.some(wordless) ? [problem('no_words')] : []),
        ...(node.candidates.some(tooLong) ? [problem('text_too_long')] : []),
        ...(sameKeys(node.candidates) ? [problem('same_key')] : []),
      ]
    case 'exit':
      return []
  }
}

function branchProblems({ on }: JourneyNodeOf<'branch'>, nodes: readonly JourneyNode[]): GraphProblem[] {
  if (on.kind === 'did') return asksForGoods(on) ? ['only_of_purchases'] : []
  if (on.kind === 'rule') return []
  const asked = nodes.find(({ id }) => id === on.nodeId)
  return asked?.type === 'message' || asked?.type === 'decision' ? [] : ['not_a_contact']
}

type Happening = { what: InteractionKind; productIds?: unknown; categoryCodes?: unknown }

const asksForGoods = ({ what, productIds, categoryCodes }: Happening): boolean =>
  !tellsOfGoods(what) && (productIds !== undefined || categoryCodes !== undefined)

const sameKeys = (items: readonly { key: string }[]): boolean =>
  new Set(items.map(({ key }) => key)).size < items.length

type Worded = Pick<JourneyNodeOf<'message'>, 'medium' | 'content' | 'templateId'>

/** A text message of more than one part: it would be paid for twice, and is cut by some telephones. A notification nobody reads to its end, or more than every network takes. */
const tooLong = ({
  medium,
  purpose,
  content,
}: Pick<JourneyNodeOf<'message'>, 'medium' | 'purpose' | 'content'>): boolean =>
  (medium === 'sms' && locales.some((locale) => partsOf(textFor({ content, purpose }, locale)).parts > 1)) ||
  (medium === 'push' && locales.some((locale) => Array.from(content.text[locale]).length > mostPushCharacters)) ||
  (medium === 'social' && locales.some((locale) => Array.from(content.text[locale]).length > mostSocialCharacters))

/** French is what everybody is written in who has no other language; a text message has no title. */
function wordless({ medium, content, templateId }: Worded): boolean {
  if ((medium === 'email' || medium === 'letter') && templateId !== null) return false
  return content.text.fr === '' || (content.title.fr === '' && medium !== 'sms' && medium !== 'social')
}
