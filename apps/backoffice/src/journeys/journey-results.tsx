import { lazy, Suspense } from 'react'
import { Button, Skeleton } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { Journey, JourneyResults } from '@ecluse/contracts/journeys.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { download, fileName } from '../list/csv.ts'
import { formatCents, formatSigned } from './money.ts'
import { useNodeWords, type NodeWords } from './node-words.ts'
import { OutcomeTable, StepTable } from './result-tables.tsx'
import { resultsCsv } from './result-rows.ts'
import { useResults } from './use-journey.ts'

// Plots are drawn by a library that few pages need.
const IntervalPlot = lazy(() => import('./result-plots.tsx').then((plots) => ({ default: plots.IntervalPlot })))
const ResponsePlot = lazy(() => import('./result-plots.tsx').then((plots) => ({ default: plots.ResponsePlot })))

/** What a journey brought, beside those it left alone. */
export function JourneyResultsTab({ journey }: { journey: Journey }) {
  const t = useT()
  const { locale } = useLocale()
  const words = useNodeWords(journey.graph)
  const query = useResults(journey.id, journey.state, journey.publishedVersion !== null)
  if (journey.publishedVersion === null) {
    return <EmptyState title={t('journeys.results.none')} hint={t('journeys.results.none.help')} />
  }
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <Skeleton height={320} />
  const results = query.data
  const { nodes } = journey.graph
  return (
    <div className="bo-stack">
      <Card
        title={t('journeys.results.lift')}
        acts={
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => download(fileName(t('journeys.results.file')), resultsCsv(t, results, nodes, words))}
          >
            {t('journeys.results.csv')}
          </Button>
        }
      >
        <Lift results={results} heldOutPercent={journey.settings.heldOutPercent} />
      </Card>
      <Card title={t('journeys.results.outcomes')}>
        <OutcomeTable results={results} nodes={nodes} words={words} />
        <p className="bo-line bo-quiet">{t('journeys.results.at', { at: formatDate(results.at, locale, 'full') })}</p>
      </Card>
      <Cells journey={journey} results={results} words={words} />
      <Card title={t('journeys.results.steps')}>
        <Responses journey={journey} results={results} words={words} />
        <StepTable results={results} nodes={nodes} words={words} />
      </Card>
    </div>
  )
}

const points = 100

/** Whether it changed anything: in a sentence, then drawn with its doubt. */
function Lift({ results: { arms, lift }, heldOutPercent }: { results: JourneyResults; heldOutPercent: number }) {
  const t = useT()
  const { locale } = useLocale()
  const heldOut = t('journeys.lift.heldOut', { percent: heldOutPercent })
  const sign = (value: number) => formatSigned(value, locale)
  // Nobody has done anything yet, on either side: an interval from 0 to 0 would pass for certainty.
  const nothing = arms.every(({ goal, valueMinor }) => goal === 0 && valueMinor === 0)
  if (!lift || nothing) {
    return (
      <>
        <p className="bo-line">{t(lift ? 'journeys.lift.nothing' : 'journeys.lift.none')}</p>
        <p className="bo-line bo-quiet">{heldOut}</p>
      </>
    )
  }
  const { rate, valueMinor, netMinor } = lift
  const verdict = rate.low > 0 ? 'up' : rate.high < 0 ? 'down' : 'unsure'
  const answer = t('journeys.lift.answer', {
    verdict,
    difference: sign(rate.difference * points),
    low: sign(rate.low * points),
    high: sign(rate.high * points),
  })
  const money = (minor: number) => formatCents(minor, locale, true)
  return (
    <>
      <p className="bo-line bo-journey-answer">{answer}</p>
      <Suspense fallback={<Skeleton height={112} />}>
        <IntervalPlot
          unit={t('journeys.lift.points')}
          format={(value) => sign(value)}
          label={answer}
          rows={[
            {
              name: t('journeys.lift.rate'),
              difference: rate.difference * points,
              low: rate.low * points,
              high: rate.high * points,
            },
          ]}
        />
      </Suspense>
      <ul className="bo-journey-problems">
        <li>
          {t('journeys.lift.value', {
            difference: money(valueMinor.difference),
            low: money(valueMinor.low),
            high: money(valueMinor.high),
          })}
        </li>
        <li>
          {t('journeys.lift.net', {
            difference: money(netMinor.difference),
            low: money(netMinor.low),
            high: money(netMinor.high),
          })}
        </li>
      </ul>
      <p className="bo-line bo-quiet">{heldOut}</p>
    </>
  )
}

type PartProps = { journey: Journey; results: JourneyResults; words: NodeWords }

/** The cells of tests, each beside the first of its own. */
function Cells({ journey, results, words }: PartProps) {
  const t = useT()
  const { locale } = useLocale()
  const rows = results.cells.flatMap(({ nodeId, key, besideFirst }) => {
    const node = journey.graph.nodes.find(({ id }) => id === nodeId)
    if (!besideFirst) return []
    const { difference, low, high } = besideFirst
    const name = node ? `${words.title(node)} · ${words.port(node, key)}` : key
    return [{ name, difference: difference * points, low: low * points, high: high * points }]
  })
  if (rows.length === 0) return null
  return (
    <Card title={t('journeys.results.cells')}>
      <p className="bo-line">{t('journeys.cells.help')}</p>
      <Suspense fallback={<Skeleton height={160} />}>
        <IntervalPlot
          unit={t('journeys.lift.points')}
          label={t('journeys.results.cells')}
          format={(value) => formatSigned(value, locale)}
          rows={rows}
        />
      </Suspense>
    </Card>
  )
}

/** Opened and clicked, by people and by machines. */
function Responses({ journey, results, words }: PartProps) {
  const t = useT()
  const rows = results.nodes.flatMap(({ nodeId, contacts }) => {
    const node = journey.graph.nodes.find(({ id }) => id === nodeId)
    if (!node || contacts.sent === 0) return []
    const { sent, opened, openedByMachine, clicked } = contacts
    return [{ name: words.title(node), sent, opened, openedByMachine, clicked }]
  })
  if (rows.length === 0) return <p className="bo-line bo-quiet">{t('journeys.results.nothingSent')}</p>
  return (
    <>
      <p className="bo-line bo-quiet">{t('journeys.results.machines')}</p>
      <Suspense fallback={<Skeleton height={160} />}>
        <ResponsePlot
          rows={rows}
          label={t('journeys.results.steps')}
          series={(['sent', 'opened', 'clicked', 'openedByMachine'] as const).map((name) => ({
            name,
            label: t(`journeys.results.${name}`),
          }))}
        />
      </Suspense>
    </>
  )
}
