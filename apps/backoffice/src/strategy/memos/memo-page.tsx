import { Button, Group, Skeleton } from '@mantine/core'
import { IconFileTypePdf, IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { DecisionMemo, MemoOption } from '@ecluse/contracts/memos.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { Facts } from '../../common/facts.tsx'
import { Page } from '../../common/page.tsx'
import { useAmounts } from '../scenarios/amounts.ts'
import { FigureName } from '../scenarios/figure-name.tsx'
import { RevenuePlot, Tornado, useVerdict } from '../scenarios/run-figures.tsx'
import { MemoForm } from './memo-form.tsx'
import { MemoReviews } from './memo-reviews.tsx'
import { MemoState } from './memos-page.tsx'
import '../../today/today.css'
import '../../knowledge/knowledge.css'
import '../objectives/objectives.css'
import '../scenarios/scenarios.css'

const route = getRouteApi('/memos/$memoId')

/** One decision: its options with their figures, what was decided, and what became of it. */
export function MemoPage() {
  const t = useT()
  const { locale } = useLocale()
  const { memoId } = route.useParams()
  const query = useQuery(apiQuery(endpoints.getMemo, { params: { memoId } }))
  const { data } = query
  const file = (kind: 'page' | 'pdf') => `/api/v1/strategy/memos/${memoId}/${kind}?locale=${locale}`
  return (
    <Page
      title={data?.title ?? t('nav.memos')}
      badge={data && <MemoState memo={data} />}
      summary={data?.question}
      back={{ to: '/memos', label: t('nav.memos') }}
      acts={
        <Group gap="xs">
          <Button
            component="a"
            variant="default"
            href={file('page')}
            target="_blank"
            leftSection={<IconPrinter size={16} aria-hidden />}
          >
            {t('memo.print')}
          </Button>
          <Button
            component="a"
            variant="default"
            href={file('pdf')}
            target="_blank"
            leftSection={<IconFileTypePdf size={16} aria-hidden />}
          >
            {t('memo.pdf')}
          </Button>
        </Group>
      }
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} />}
      {data && <Told memo={data} />}
    </Page>
  )
}

function Told({ memo }: { memo: DecisionMemo }) {
  const can = useCan()
  return (
    <div className="bo-stack">
      <Options options={memo.options} />
      {memo.options.map(({ runId, name, results }) => (
        <section key={runId} className="bo-stack" aria-label={name}>
          <RevenuePlot results={results} name={name} />
          <Tornado results={results} name={name} />
        </section>
      ))}
      {memo.state === 'draft' && can('strategy:write') ? (
        <MemoForm key={memo.id} memo={memo} />
      ) : (
        <Decision memo={memo} />
      )}
      {memo.state === 'decided' && <MemoReviews memo={memo} />}
    </div>
  )
}

function Options({ options }: { options: readonly MemoOption[] }) {
  const t = useT()
  const verdict = useVerdict()
  const columns = options.map(({ results }) => verdict(results.gain))
  return (
    <Card title={t('memo.options')}>
      <div className="bo-scroll-x" tabIndex={0} role="group" aria-label={t('memo.options')}>
        <table className="bo-side-table">
          <thead>
            <tr>
              <th scope="col">{t('scenario.figures.figure')}</th>
              {options.map(({ runId, scenarioId, name, version }) => (
                <th key={runId} scope="col">
                  <Link to="/scenarios/$scenarioId" params={{ scenarioId }} className="bo-link">
                    {name}
                  </Link>{' '}
                  <span className="bo-quiet">{t('scenario.version', { version })}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {columns[0]?.map(([id], at) => (
              <tr key={id}>
                <th scope="row">
                  <FigureName id={id} />
                </th>
                {columns.map((column, option) => (
                  <td key={options[option]?.runId}>{column[at]?.[1]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

function Decision({ memo }: { memo: DecisionMemo }) {
  const t = useT()
  const { day } = useAmounts()
  const chosen = memo.options.find(({ runId }) => runId === memo.chosenRunId)
  const words = (text: string) => text && <span className="bo-scenario-words">{text}</span>
  return (
    <Card title={t('memo.decision')}>
      <Facts
        facts={[
          [t('memo.chosen'), chosen?.name ?? t('memo.chosen.none')],
          [t('memo.decision'), words(memo.decision)],
          [t('memo.risks'), words(memo.risks)],
          [t('memo.owner'), memo.owner],
          [t('memo.decidedOn'), memo.decidedAt && `${day(memo.decidedAt)} · ${memo.decidedBy ?? ''}`],
          [t('memo.reviewOn'), memo.reviewOn && day(memo.reviewOn)],
        ]}
      />
    </Card>
  )
}
