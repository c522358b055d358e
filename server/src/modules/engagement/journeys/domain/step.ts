import type { JourneyNode, JourneyNodeOf } from '@ecluse/contracts/journey-graph.ts'
import type { PersonPlace } from '../../domain/person-place.ts'
import type { Decision } from './decide.ts'
import { armCellOf, cellOf } from './draw.ts'
import type { CompiledGraph } from './graph.ts'
import { nextTimeOfDay } from './moments.ts'

/** Somebody on their way through a journey. */
export type Standing = {
  readonly journeyId: string
  readonly nodeId: string
  readonly since: Date
  /** Whom their draws are made for: the one of those merged who was known first. */
  readonly drawnAs: string
  readonly place: PersonPlace
  readonly cells: Readonly<Record<string, string>>
  /** Whether their data may only be kept. */
  readonly restricted: boolean
  /** When they reached the goal, if they did. */
  readonly goalAt: Date | null
}

/** What is known of them that their node asks for. */
export type Facts = {
  /** When they did what the node waits for or asks, since it counts; null: they did not. */
  readonly happenedAt: Date | null
  /** Whether what the branch asks holds. */
  readonly holds: boolean
  readonly decision: Decision | null
}

/** What becomes of somebody when they are looked at. */
export type Step =
  | {
      readonly kind: 'stay'
      readonly reason: 'waiting' | 'event' | 'hours' | 'caps' | 'too_often'
      readonly until: Date
    }
  | { readonly kind: 'go'; readonly port: string; readonly to: string; readonly cell: string | null }
  | {
      readonly kind: 'leave'
      readonly state: 'done' | 'goal' | 'stopped'
      readonly reason: 'goal' | 'exit' | 'end' | 'restricted'
      readonly port: string
    }

const minuteMs = 60_000

/**
 * Looks at somebody once: they stay, go on by one of the ways out of their node, or leave. Pure: the same standing, facts and moment
 * give the same step, so one that was rolled back is taken again as it was.
 */
export function stepOf(graph: CompiledGraph, standing: Standing, facts: Facts, now: Date): Step {
  // Nothing is done with their data, not even asked of it.
  if (standing.restricted) return { kind: 'leave', state: 'stopped', reason: 'restricted', port: 'restricted' }
  if (graph.goal?.leave && standing.goalAt !== null)
    return { kind: 'leave', state: 'goal', reason: 'goal', port: 'goal' }
  const node = graph.nodes.get(standing.nodeId)
  // A correction took the node away, and said of nobody where they go on.
  if (node === undefined) return { kind: 'leave', state: 'done', reason: 'end', port: '' }
  switch (node.type) {
    case 'entry':
      return go(graph, node, 'next')
    case 'wait':
      return waited(graph, node, standing, facts, now)
    case 'branch':
      return go(graph, node, facts.holds ? 'yes' : 'no')
    case 'test':
      return tested(graph, node, standing)
    case 'message':
    case 'decision':
      return contacted(graph, node, facts.decision)
    case 'goal':
      return { kind: 'leave', state: 'goal', reason: 'goal', port: 'goal' }
    case 'exit':
      return { kind: 'leave', state: 'done', reason: 'exit', port: 'exit' }
  }
}

/** By a way out; one that is open ends the journey. */
function go(graph: CompiledGraph, node: JourneyNode, port: string, cell: string | null = null): Step {
  const to = graph.next(node.id, port)
  return to === undefined ? { kind: 'leave', state: 'done', reason: 'end', port } : { kind: 'go', port, to, cell }
}

/** When a wait is over by itself, where it began at a moment. */
export function waitEnds({ until }: JourneyNodeOf<'wait'>, since: Date, place: PersonPlace): Date {
  if (until.kind === 'time') return nextTimeOfDay(since, place, until.time, until.weekdays)
  return new Date(since.getTime() + until.minutes * minuteMs)
}

function waited(
  graph: CompiledGraph,
  node: JourneyNodeOf<'wait'>,
  { since, place }: Standing,
  { happenedAt }: Facts,
  now: Date,
): Step {
  const ends = waitEnds(node, since, place)
  if (node.until.kind === 'event') {
    if (happenedAt !== null && happenedAt <= ends) return go(graph, node, 'next')
    return now >= ends ? go(graph, node, 'timeout') : { kind: 'stay', reason: 'event', until: ends }
  }
  return now >= ends ? go(graph, node, 'next') : { kind: 'stay', reason: 'waiting', until: ends }
}

function tested(graph: CompiledGraph, node: JourneyNodeOf<'test'>, { journeyId, drawnAs, cells }: Standing): Step {
  const before = node.cells.find(({ key }) => key === cells[node.id])
  const cell = before ?? drawn(node, journeyId, drawnAs)
  return go(graph, node, cell?.key ?? '', cell?.key ?? null)
}

const drawn = ({ id, cells, experiment }: JourneyNodeOf<'test'>, journeyId: string, partyId: string) =>
  experiment ? armCellOf(cells, experiment, partyId) : cellOf(cells, journeyId, id, partyId)

function contacted(graph: CompiledGraph, node: JourneyNodeOf<'message' | 'decision'>, decision: Decision | null): Step {
  if (decision?.kind === 'wait')
    return { kind: 'stay', reason: waitingFor(decision.reason), until: new Date(decision.until) }
  if (decision?.kind === 'send') return go(graph, node, 'next')
  const aside = node.type === 'message' ? 'refused' : 'none'
  return go(graph, node, graph.next(node.id, aside) === undefined ? 'next' : aside)
}

function waitingFor(reason: string): 'hours' | 'caps' | 'too_often' {
  if (reason === 'cap_of_medium' || reason === 'cap_of_all') return 'caps'
  return reason === 'too_often' || reason === 'paused' ? 'too_often' : 'hours'
}
