import { Button, Skeleton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Experiment } from '@ecluse/contracts/experiments.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { Facts } from '../../common/facts.tsx'
import { Page } from '../../common/page.tsx'
import { toneOf, useExperimentWords } from './experiment-words.ts'

/** What is tried by chance on customers or shops: what runs, what is prepared, what was decided. */
export function ExperimentsPage() {
  const t = useT()
  const can = useCan()
  const query = useQuery(apiQuery(endpoints.listExperiments, {}))
  const items = query.data?.items ?? []
  const add = can('strategy:write') && (
    <Button component={Link} to="/experiments/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('experiment.new')}
    </Button>
  )
  return (
    <Page title={t('nav.experiments')} summary={t('experiment.summary')} acts={add}>
      <div className="bo-stack">
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton height={200} />}
        {query.data && items.length === 0 && (
          <EmptyState title={t('experiment.none')} hint={t('experiment.none.help')}>
            {add}
          </EmptyState>
        )}
        {items.map((experiment) => (
          <ExperimentCard key={experiment.id} experiment={experiment} />
        ))}
      </div>
    </Page>
  )
}

function ExperimentCard({ experiment }: { experiment: Experiment }) {
  const t = useT()
  const words = useExperimentWords()
  const { id, name, design, hypothesis, startedAt, endedAt, decision } = experiment
  return (
    <Card
      title={name}
      acts={
        <Link to="/experiments/$experimentId" params={{ experimentId: id }} className="bo-link">
          {t('experiment.open')}
        </Link>
      }
    >
      <p className="bo-line">
        <StateBadge tone={toneOf(experiment)}>{t(`experiment.state.${experiment.state}`)}</StateBadge>
      </p>
      <p className="bo-line">{hypothesis}</p>
      <p className="bo-line bo-quiet">{words.asked(design)}</p>
      <Facts
        facts={[
          [t('experiment.startedOn'), startedAt && words.day(startedAt.slice(0, 10))],
          [t('experiment.endedOn'), endedAt && words.day(endedAt.slice(0, 10))],
          [
            t('experiment.kept'),
            decision && (decision.arm === null ? t('experiment.kept.none') : words.armName(design, decision.arm)),
          ],
        ]}
      />
    </Card>
  )
}
