import { segmentRuleSchema, type SegmentCondition, type SegmentRule } from '@ecluse/contracts/segments.ts'

export type ConditionType = SegmentCondition['type']

/** In the order they are offered. */
export const conditionTypes = [
  'did',
  'value',
  'treatment',
  'interest',
  'size',
  'usual_shop',
  'distance',
  'household',
  'known_for',
  'reachable',
  'account',
  'language',
  'postal_code',
  'kind',
] as const satisfies readonly ConditionType[]

/** A rule as it is when it is begun: the commonest condition, to be changed. */
export const freshRule = (): SegmentRule => ({
  match: 'all',
  groups: [{ match: 'all', conditions: [freshCondition('did')] }],
})

/** A condition as it is when it is chosen: the commonest case, to be changed. */
export function freshCondition(type: ConditionType): SegmentCondition {
  switch (type) {
    case 'did':
      return { type, not: false, what: 'order', atLeast: 1, withinDays: 90 }
    case 'value':
      return { type, not: false, measure: 'expected_value', atLeast: 10_000 }
    case 'treatment':
      return { type, not: false, treatment: 'relational' }
    case 'interest':
      return { type, not: false, categoryCodes: [] }
    case 'size':
      return { type, not: false, sizes: [] }
    case 'usual_shop':
      return { type, not: false, siteIds: [] }
    case 'distance':
      return { type, not: false, to: 'usual_shop', atMostKm: 20 }
    case 'household':
      return { type, not: false, atLeast: 2 }
    case 'known_for':
      return { type, not: false, withinDays: 30 }
    case 'reachable':
      return { type, not: false, by: 'email' }
    case 'account':
      return { type, not: false }
    case 'language':
      return { type, not: false, locale: 'fr' }
    case 'postal_code':
      return { type, not: false, startsWith: [] }
    case 'kind':
      return { type, not: false, kind: 'person' }
  }
}

/** A rule while it is being put together: like a finished one, but a field may still be empty. */
export type SegmentDraft = { name: string; description: string; rule: SegmentRule }

export function newDraft(): SegmentDraft {
  return {
    name: '',
    description: '',
    rule: freshRule(),
  }
}

/** A segment of those with these scores of recency and frequency. */
export function cellDraft(recency: number, frequency: number): SegmentDraft {
  const exactly = (measure: 'recency' | 'frequency', score: number): SegmentCondition => ({
    type: 'value',
    not: false,
    measure,
    atLeast: score,
    atMost: score,
  })
  const conditions = [exactly('recency', recency), exactly('frequency', frequency)]
  return {
    name: `R${recency} F${frequency}`,
    description: '',
    rule: { match: 'all', groups: [{ match: 'all', conditions }] },
  }
}

/** The rule when it can be asked as it stands. */
export function finished(rule: SegmentRule): SegmentRule | undefined {
  const read = segmentRuleSchema.safeParse(rule)
  return read.success ? read.data : undefined
}

/** A list with one of its members changed, or taken out. */
export function replaced<T>(list: readonly T[], at: number, next: T | undefined): T[] {
  return next === undefined
    ? list.filter((_, index) => index !== at)
    : list.map((one, index) => (index === at ? next : one))
}
