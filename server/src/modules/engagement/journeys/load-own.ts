import { interactionKinds, notTheirs, type InteractionKind } from '@ecluse/contracts/interactions.ts'
import type { JourneyCandidate, JourneyNodeOf } from '@ecluse/contracts/journey-graph.ts'
import { zonesOf } from '../domain/person-place.ts'
import { ownHour, type OwnHour } from './domain/own-hour.ts'
import { fitting, type Looked, type StepContext } from './load-facts.ts'
import { actsByHour } from './queries/participants.ts'

const dayMs = 86_400_000
/** How far back what somebody did says when they act. */
const lookedBackDays = 180
const others: readonly InteractionKind[] = notTheirs
const theirs = interactionKinds.filter((kind) => !others.includes(kind))

type Sending = { readonly one: Looked; readonly node: JourneyNodeOf<'message' | 'decision'> }

/** What of a choice is somebody's own: which candidates are for them, and at which hour they act. */
export type Own = {
  readonly isFor: (one: Looked, candidate: JourneyCandidate) => boolean
  /** By the customer they are; absent where too little is known. */
  readonly hours: ReadonlyMap<string, OwnHour>
}

/** Loads it for everybody at once: a statement for each rule of a candidate, and one for the hours of all who are asked for them. */
export async function loadOwn({ tx, now }: StepContext, sending: readonly Sending[]): Promise<Own> {
  const fits = new Map<JourneyCandidate, ReadonlySet<string>>()
  const timed = new Map<string, Looked>()
  for (const [node, there] of grouped(sending)) {
    if (node.type !== 'decision') continue
    for (const candidate of node.candidates)
      if (candidate.only) fits.set(candidate, new Set(await fitting(tx, candidate.only, there, now)))
    if (node.candidates.some((candidate) => candidate.ownHour))
      for (const one of there) timed.set(one.person.root_id, one)
  }
  return {
    isFor: ({ row }, candidate) => fits.get(candidate)?.has(row.id) ?? true,
    hours: await hoursOf(tx, [...timed.values()], now),
  }
}

function grouped(sending: readonly Sending[]): Map<Sending['node'], Looked[]> {
  const groups = new Map<Sending['node'], Looked[]>()
  for (const { one, node } of sending) groups.set(node, [...(groups.get(node) ?? []), one])
  return groups
}

async function hoursOf(tx: StepContext['tx'], people: readonly Looked[], now: Date): Promise<Map<string, OwnHour>> {
  if (people.length === 0) return new Map()
  const members = people.flatMap(({ person, place }) =>
    person.member_ids.map((member) => ({ root: person.root_id, member, zone: zonesOf(place)[0] ?? 'Europe/Paris' })),
  )
  const acts = new Map<string, number[]>()
  for (const { root, hour, n } of await actsByHour(
    tx,
    members,
    theirs,
    new Date(now.getTime() - lookedBackDays * dayMs),
  )) {
    const own = acts.get(root) ?? Array.from({ length: 24 }, () => 0)
    own[hour] = n
    acts.set(root, own)
  }
  return new Map(
    [...acts].flatMap(([root, own]) => {
      const hour = ownHour(own)
      return hour ? [[root, hour] as const] : []
    }),
  )
}
