import type { JourneyGraph, JourneyHappening, JourneyNode } from '@ecluse/contracts/journey-graph.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { formatDate, formatList, formatPercent } from '@ecluse/ui/format.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { useT, type Translate } from '../app/i18n.ts'
import { useChannelName, useSiteName } from '../network/use-channels.ts'
import { conditionWords } from '../segments/condition-words.ts'
import { nodeOf } from './graph-acts.ts'
import { useSegmentName } from './use-segments.ts'

const minutesOf = { day: 1_440, hour: 60, minute: 1 } as const
export type Unit = keyof typeof minutesOf
export const units = ['day', 'hour', 'minute'] as const

/** Minutes in the largest unit that tells them whole. */
export function inUnits(minutes: number): { count: number; unit: Unit } {
  const unit = units.find((one) => minutes % minutesOf[one] === 0) ?? 'minute'
  return { count: minutes / minutesOf[unit], unit }
}

export function toMinutes(count: number, unit: Unit): number {
  return Math.round(count * minutesOf[unit])
}

/** What a graph's steps and ways out are called, for those who read it. */
export type NodeWords = {
  title: (node: JourneyNode) => string
  summary: (node: JourneyNode) => string
  /** A way out of a step. */
  port: (node: JourneyNode, port: string) => string
}

/** The words of a graph's steps, in the reader's language. */
export function useNodeWords(graph: JourneyGraph): NodeWords {
  const t = useT()
  const { locale } = useLocale()
  const channelName = useChannelName()
  const siteName = useSiteName()
  const segmentName = useSegmentName()
  const title = (node: JourneyNode) => node.name || t(`journeys.type.${node.type}`)
  const happening = ({ what, channelCodes, productIds, categoryCodes }: JourneyHappening) =>
    [
      t(`segments.what.${what}`),
      categoryCodes && t('segments.did.categories', { count: categoryCodes.length }),
      productIds && t('segments.did.products', { count: productIds.length }),
      channelCodes && t('segments.did.channels', { channels: channelCodes.map(channelName).join(', ') }),
    ]
      .filter(Boolean)
      .join(' ')
  const summary = (node: JourneyNode): string => {
    switch (node.type) {
      case 'entry':
        return entryWords(t, locale, node, { happening, segmentName })
      case 'wait':
        return waitWords(t, locale, node, happening)
      case 'branch': {
        const { on } = node
        if (on.kind === 'did') return t('journeys.branch.did', { what: happening(on) })
        if (on.kind === 'contact') {
          const asked = nodeOf(graph, on.nodeId)
          return t('journeys.branch.contact', { what: on.what, step: asked ? title(asked) : '…' })
        }
        const [first, ...others] = on.rule.groups.flatMap(({ conditions }) => conditions)
        const words = first ? conditionWords(t, first, { locale, channelName, siteName }) : ''
        return others.length === 0 ? words : t('journeys.branch.more', { words, count: others.length })
      }
      case 'test': {
        const all = node.cells.reduce((sum, { weight }) => sum + weight, 0)
        return node.cells
          .map((cell) => `${cell.name || cell.key} ${formatPercent(cell.weight / all, locale, 0)}`)
          .join(' · ')
      }
      case 'message':
        return [t(`journeys.medium.${node.medium}`), node.content.title[locale] || node.content.title.fr]
          .filter(Boolean)
          .join(' · ')
      case 'decision':
        return t('journeys.decision.of', {
          count: node.candidates.length,
          media: formatList([...new Set(node.candidates.map(({ medium }) => t(`journeys.medium.${medium}`)))], locale),
        })
      case 'goal':
        return t('journeys.goal.of', { what: happening(node), days: node.withinDays })
      case 'exit':
        return t('journeys.exit.of')
    }
  }
  const port = (node: JourneyNode, name: string): string => {
    if (node.type === 'test') return node.cells.find(({ key }) => key === name)?.name || name
    return t('journeys.port', { port: name, type: node.type })
  }
  return { title, summary, port }
}

type NodeOf<T extends JourneyNode['type']> = Extract<JourneyNode, { type: T }>
type Happening = (happening: JourneyHappening) => string

function entryWords(
  t: Translate,
  locale: Locale,
  { by }: NodeOf<'entry'>,
  { happening, segmentName }: { happening: Happening; segmentName: (id: string) => string },
): string {
  switch (by.kind) {
    case 'event':
      return t('journeys.entry.event.of', { what: happening(by) })
    case 'segment':
      return t('journeys.entry.segment.of', { when: by.when, segment: segmentName(by.segmentId) })
    case 'date':
      return t('journeys.entry.date.of', {
        segment: segmentName(by.segmentId),
        at: formatDate(by.at, locale, 'dateTime'),
        every: by.every,
      })
  }
}

function waitWords(t: Translate, locale: Locale, { until }: NodeOf<'wait'>, happening: Happening): string {
  switch (until.kind) {
    case 'duration':
      return durationWords(t, until.minutes)
    case 'event':
      return t('journeys.wait.event.of', { what: happening(until), most: durationWords(t, until.minutes) })
    case 'time':
      return until.weekdays.length === 7
        ? t('journeys.wait.time.of', { time: until.time })
        : t('journeys.wait.time.on', { time: until.time, days: weekdayNames(locale, until.weekdays).join(', ') })
  }
}

/** “3 days”. */
function durationWords(t: Translate, minutes: number): string {
  const { count, unit } = inUnits(minutes)
  return t('journeys.duration', { count, unit })
}

/** Short names of days of the week, 1 being Monday. */
export function weekdayNames(locale: Locale, days: readonly number[]): string[] {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  // The fifth of January 1970 was a Monday.
  return days.map((day) => format.format(new Date(Date.UTC(1970, 0, 4 + day))))
}
