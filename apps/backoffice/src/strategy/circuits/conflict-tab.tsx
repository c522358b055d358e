import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { CircuitsToday, DirectChannelAnswer, DirectChannelBody } from '@ecluse/contracts/circuits.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { FigureTable } from '../../common/figure-table.tsx'
import { WithFormula } from '../../insights/formula.tsx'
import { Plot } from '../../today/plot.tsx'
import { EurosInput } from '../euros-input.tsx'
import { Judged, useJudged } from '../judged.tsx'
import { PercentInput } from '../percent-input.tsx'
import { useAmounts } from '../scenarios/amounts.ts'
import { KeptQuestion } from './kept-question.tsx'
import { RegionsDrawing } from './regions-drawing.tsx'

/** Whether to open a direct channel beside partners: the firm’s own figures to begin with, the judgement of whoever decides for the rest. */
export function ConflictTab() {
  const query = useQuery(apiQuery(endpoints.getCircuitsToday, {}))
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return <Skeleton height={420} />
  return <Conflict today={query.data} />
}

/** Where the figures begin: those of the firm where it has them, ordinary ones to be judged where not. */
const startOf = ({ sales, growth, partnerShare, partnerMargin, directMargin }: CircuitsToday): DirectChannelBody => ({
  sales: Math.round(sales ?? 1_000_000),
  growth: rounded(growth ?? 0.05),
  partnerShare: rounded(partnerShare ?? 0.5),
  captured: 0.3,
  diverted: 0.08,
  retaliation: 0.25,
  partnerMargin: rounded(partnerMargin ?? 0.25),
  directMargin: rounded(directMargin ?? 0.4),
  fixedCost: Math.round((sales ?? 1_000_000) / 100),
})
const rounded = (share: number): number => Math.round(share * 1_000) / 1_000

const shareFields = [
  'growth',
  'partnerShare',
  'captured',
  'diverted',
  'retaliation',
  'partnerMargin',
  'directMargin',
] as const

function Conflict({ today }: { today: CircuitsToday }) {
  return (
    <KeptQuestion kind="direct_channel" start={startOf(today)}>
      {(fields) => <Question today={today} {...fields} />}
    </KeptQuestion>
  )
}

function Question({
  today,
  given,
  set,
}: {
  today: CircuitsToday
  given: DirectChannelBody
  set: (patch: Partial<DirectChannelBody>) => void
}) {
  const t = useT()
  const query = useJudged('direct', given, (body) => call(endpoints.judgeDirectChannel, { body }))
  const source = (name: string): string =>
    t(name in today && today[name as keyof CircuitsToday] !== null ? 'circuits.read' : 'circuits.usual')
  return (
    <div className="bo-stack">
      <Judged query={query}>{(verdict) => <Verdict verdict={verdict} given={given} />}</Judged>
      <Card title={t('circuits.market')}>
        <p className="bo-line bo-quiet">{t('circuits.market.help', { months: today.months })}</p>
        <div className="bo-scenario-fields">
          {(['sales', 'fixedCost'] as const).map((name) => (
            <EurosInput
              key={name}
              label={t(`circuits.field.${name}`)}
              description={source(name)}
              value={given[name]}
              onChange={(value) => set({ [name]: value })}
            />
          ))}
          {shareFields.map((name) => (
            <PercentInput
              key={name}
              label={t(`circuits.field.${name}`)}
              description={source(name)}
              min={name === 'growth' || name.endsWith('Margin') ? -1 : 0}
              max={name === 'growth' ? 10 : 1}
              value={given[name]}
              onChange={(value) => value !== '' && set({ [name]: value })}
            />
          ))}
        </div>
      </Card>
    </div>
  )
}

function Verdict({ verdict, given }: { verdict: DirectChannelAnswer; given: DirectChannelBody }) {
  const t = useT()
  const { money, share } = useAmounts()
  const { open, reason, gain, gainBeforeAnswer, partnersWith, partnersWithout, regions } = verdict
  const change = (of: number): string => share(of - 1)
  const orNever = (of: number | null): string => (of === null ? t('circuits.never') : share(of))
  const rows = [
    ['gain', money(gain)],
    ['gainBefore', money(gainBeforeAnswer)],
    ['partners', t('circuits.partners.told', { with: change(partnersWith), without: change(partnersWithout) })],
    ['growth', orNever(verdict.growthWithoutConflict)],
    ['bearable', verdict.bearableRetaliation === null ? t('circuits.notAsked') : share(verdict.bearableRetaliation)],
    ['margin', orNever(verdict.directMarginNeeded)],
  ] as const
  return (
    <>
      <Card title={t(open ? 'circuits.open' : 'circuits.keep')}>
        <p className="bo-line">
          {t(`circuits.reason.${reason}`, { gain: money(gain), before: money(gainBeforeAnswer) })}
        </p>
        <FigureTable label={t(open ? 'circuits.open' : 'circuits.keep')} narrow>
          <tbody>
            {rows.map(([name, value]) => (
              <tr key={name}>
                <th scope="row">
                  <WithFormula name={t(`circuits.${name}`)} formula={t(`circuits.${name}.formula`)} />
                </th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </FigureTable>
      </Card>
      <Plot
        question={t('circuits.regions')}
        answer={t('circuits.regions.answer', { growth: share(given.growth), partners: share(given.partnerShare) })}
        file={t('circuits.regions.file')}
        table={[
          [t('circuits.field.growth'), t('circuits.field.partnerShare'), t('circuits.verdict')],
          ...regions.map((one) => [share(one.growth), share(one.partnerShare), t(`circuits.region.${one.state}`)]),
        ]}
      >
        <RegionsDrawing regions={regions} at={given} />
      </Plot>
    </>
  )
}
