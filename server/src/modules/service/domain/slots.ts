import { quarterMinutes } from '@ecluse/contracts/appointments.ts'

/** A stretch of time, end excluded. */
export type Span = { readonly start: Date; readonly end: Date }

/** What of a service decides when it can begin. */
export type SlotTerms = {
  readonly durationMinutes: number
  readonly bufferMinutes: number
  readonly stepMinutes: number
  readonly leadMinutes: number
  readonly horizonDays: number
  /** Needs a person and a place at once. */
  readonly together?: boolean
}

/** Something appointments are booked on, on one day. */
export type DayResource = {
  readonly id: string
  /** Somebody, for services that need a person and a place. */
  readonly person?: boolean
  /** When it can be used, closures taken out, in order. */
  readonly open: readonly Span[]
  readonly limit: number
}

export type DaySlot = { readonly startsAt: Date; readonly endsAt: Date; readonly left: number }

const minuteMs = 60_000
const quarterMs = quarterMinutes * minuteMs

/**
 * The quarters of an hour a stretch of time touches, by their beginnings in milliseconds: what of a resource is promised for it.
 * Two stretches that overlap share one; two that only meet at a quarter share none.
 */
export function quartersOf(start: Date, end: Date): number[] {
  const quarters: number[] = []
  for (let at = Math.floor(start.getTime() / quarterMs) * quarterMs; at < end.getTime(); at += quarterMs)
    quarters.push(at)
  return quarters
}

/** When an appointment that begins then is over, and until when its resource is kept. */
export function timesOf(terms: SlotTerms, startsAt: Date): { endsAt: Date; blockedUntil: Date } {
  const endsAt = new Date(startsAt.getTime() + terms.durationMinutes * minuteMs)
  return { endsAt, blockedUntil: new Date(endsAt.getTime() + terms.bufferMinutes * minuteMs) }
}

/** Stretches without others: what is open, less what is closed. */
export function subtract(open: readonly Span[], closed: readonly Span[]): Span[] {
  return closed.reduce<Span[]>(
    (left, { start, end }) =>
      left.flatMap((span) => {
        if (end <= span.start || start >= span.end) return [span]
        return [
          ...(start > span.start ? [{ start: span.start, end: start }] : []),
          ...(end < span.end ? [{ start: end, end: span.end }] : []),
        ]
      }),
    [...open],
  )
}

/** Whether a resource is open for an appointment; what is kept free after it may lie after closing. */
export function isOpenFor(resource: Pick<DayResource, 'open'>, start: Date, end: Date): boolean {
  return resource.open.some((span) => span.start <= start && span.end >= end)
}

/** The beginnings a day offers: at each step from each opening, or the times given; soon enough ahead, and not too far. */
export function beginningsOf(
  terms: SlotTerms,
  opening: readonly Span[],
  fixed: readonly Date[] | null,
  now: Date,
  untimely = false,
): Date[] {
  const earliest = untimely ? now.getTime() - quarterMs : now.getTime() + terms.leadMinutes * minuteMs
  const latest = untimely ? Infinity : now.getTime() + terms.horizonDays * 86_400_000
  const stepped = opening.flatMap(({ start, end }) => {
    const times: Date[] = []
    for (let at = start.getTime(); at < end.getTime(); at += terms.stepMinutes * minuteMs) times.push(new Date(at))
    return times
  })
  const unique = new Set((fixed ?? stepped).map((at) => at.getTime()))
  return [...unique]
    .filter((at) => at >= earliest && at <= latest)
    .sort((a, b) => a - b)
    .map((at) => new Date(at))
}

/**
 * The slots of a day: each beginning at which some resource is open for the whole appointment and has enough left in each of its
 * quarters. Pure: what is taken is told.
 * @param taken how many a resource has promised in the quarter that begins then
 */
export function slotsOf(
  terms: SlotTerms,
  beginnings: readonly Date[],
  resources: readonly DayResource[],
  taken: (resourceId: string, quarter: number) => number,
  seats: number,
): DaySlot[] {
  return beginnings.flatMap((startsAt) => {
    const { endsAt, blockedUntil } = timesOf(terms, startsAt)
    const quarters = quartersOf(startsAt, blockedUntil)
    const free = resources
      .filter((resource) => isOpenFor(resource, startsAt, endsAt))
      .map(({ id, limit, person }) => ({
        person,
        left: Math.min(...quarters.map((quarter) => limit - taken(id, quarter))),
      }))
      .filter(({ left }) => left >= seats)
    const sum = (some: typeof free): number => some.reduce((total, { left }) => total + left, 0)
    const left = terms.together
      ? Math.min(sum(free.filter(({ person }) => person)), sum(free.filter(({ person }) => !person)))
      : sum(free)
    return left === 0 ? [] : [{ startsAt, endsAt, left }]
  })
}
