import type { InteractionKind } from '@ecluse/contracts/interactions.ts'
import type { DidCondition, SegmentCondition, SegmentRule } from '@ecluse/contracts/segments.ts'

/** Every condition of a rule, in its order. */
function conditionsOf(rule: SegmentRule): SegmentCondition[] {
  return rule.groups.flatMap(({ conditions }) => conditions)
}

/** What is new of customers: what they did, or what is computed of them. */
export type News = readonly InteractionKind[] | 'values'

/** What is computed of customers: it moves only when they are computed again. */
const computed: ReadonlySet<SegmentCondition['type']> = new Set([
  'value',
  'treatment',
  'interest',
  'size',
  'usual_shop',
  'distance',
  'household',
])

/** Whether what is new may move anybody into the segment or out of it. */
export function concerns(rule: SegmentRule, news: News): boolean {
  return conditionsOf(rule).some(({ type, ...condition }) =>
    news === 'values' ? computed.has(type) : 'what' in condition && news.includes(condition.what),
  )
}

/** A window of time: what leaves it may move its customer into the segment or out of it. */
export type Window = { readonly what: DidCondition['what'] | 'known'; readonly days: number }

/** The windows a rule looks through, each once. */
export function windowsOf(rule: SegmentRule): Window[] {
  const windows = conditionsOf(rule).flatMap((condition): Window[] => {
    if (condition.type === 'known_for') return [{ what: 'known', days: condition.withinDays }]
    return condition.type === 'did' && condition.withinDays !== undefined
      ? [{ what: condition.what, days: condition.withinDays }]
      : []
  })
  return [...new Map(windows.map((window) => [`${window.what} ${window.days}`, window])).values()]
}
