import type { JourneyNode } from '@ecluse/contracts/journey-graph.ts'
import type { JourneyResults } from '@ecluse/contracts/journeys.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatNumber, formatPercent } from '@ecluse/ui/format.ts'
import { useT } from '../app/i18n.ts'
import { strikeWords } from './decision-item.tsx'
import { Figures } from './figures.tsx'
import { formatCents, formatMicro } from './money.ts'
import type { NodeWords } from './node-words.ts'
import { outcomeRows } from './result-rows.ts'

type Props = { results: JourneyResults; nodes: readonly JourneyNode[]; words: NodeWords }

/** By arm and by cell: people, the goal, what they bought, what is left of it, what it cost. */
export function OutcomeTable({ results, nodes, words }: Props) {
  const t = useT()
  const { locale } = useLocale()
  const number = (value: number) => formatNumber(value, locale)
  return (
    <Figures
      label={t('journeys.results.outcomes')}
      head={(['name', 'people', 'goal', 'rate', 'value', 'margin', 'contacts', 'cost'] as const).map((name) =>
        t(`journeys.results.${name}`),
      )}
      rows={outcomeRows(t, results, nodes, words).map((row) => ({
        key: row.key,
        cells: [
          row.name,
          number(row.people),
          number(row.goal),
          formatPercent(row.rate, locale, 2),
          formatCents(row.valueMinor, locale),
          formatCents(row.marginMinor, locale),
          number(row.contacts),
          formatMicro(row.costMicro, locale),
        ],
      }))}
    />
  )
}

/** By step: who is there, who passed, what was sent and answered, what was not sent and why. */
export function StepTable({ results, nodes, words }: Props) {
  const t = useT()
  const { locale } = useLocale()
  const number = (value: number) => formatNumber(value, locale)
  const head = [
    'name',
    'inside',
    'visits',
    'sent',
    'opened',
    'openedByMachine',
    'clicked',
    'clickedByMachine',
    'failed',
    'uncertain',
    'cost',
    'strikes',
  ] as const
  return (
    <Figures
      label={t('journeys.results.steps')}
      head={head.map((name) => t(`journeys.results.${name}`))}
      words={[head.length - 1]}
      rows={results.nodes.map(({ nodeId, inside, visits, contacts, costMicro, strikes }) => {
        const node = nodes.find(({ id }) => id === nodeId)
        const struck = Object.entries(strikes).map(([reason, times]) => `${strikeWords(t, reason)} (${number(times)})`)
        return {
          key: nodeId,
          cells: [
            node ? words.title(node) : nodeId,
            number(inside),
            number(visits),
            number(contacts.sent),
            number(contacts.opened),
            number(contacts.openedByMachine),
            number(contacts.clicked),
            number(contacts.clickedByMachine),
            number(contacts.failed),
            number(contacts.uncertain),
            formatMicro(costMicro, locale),
            struck.join(', '),
          ],
        }
      })}
    />
  )
}
