import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { DecisionMemo } from '@ecluse/contracts/memos.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { Facts } from '../../common/facts.tsx'
import { Page } from '../../common/page.tsx'
import { useAmounts } from '../scenarios/amounts.ts'

/** Decision memos: drafts, what was decided, and what is to be looked at again. */
export function MemosPage() {
  const t = useT()
  const { day } = useAmounts()
  const query = useQuery(apiQuery(endpoints.listMemos, {}))
  const items = query.data?.items ?? []
  return (
    <Page title={t('nav.memos')} summary={t('memo.summary')}>
      <div className="bo-stack">
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton height={200} />}
        {query.data && items.length === 0 && (
          <EmptyState title={t('memo.none')} hint={t('memo.none.help')}>
            <Link to="/scenarios" className="bo-link">
              {t('nav.scenarios')}
            </Link>
          </EmptyState>
        )}
        {items.map((memo) => (
          <Card
            key={memo.id}
            title={memo.title}
            acts={
              <Link to="/memos/$memoId" params={{ memoId: memo.id }} className="bo-link">
                {t('scenario.open')}
              </Link>
            }
          >
            <p className="bo-line">
              <MemoState memo={memo} />
            </p>
            <Facts
              facts={[
                [t('memo.owner'), memo.owner],
                [t('memo.decidedOn'), memo.decidedAt && day(memo.decidedAt)],
                [t('memo.reviewOn'), memo.reviewOn && day(memo.reviewOn)],
              ]}
            />
          </Card>
        ))}
      </div>
    </Page>
  )
}

/** Draft, decided, or to be looked at again. */
export function MemoState({ memo }: { memo: Pick<DecisionMemo, 'state' | 'due'> }) {
  const t = useT()
  if (memo.due) return <StateBadge tone="urgent">{t('memo.due')}</StateBadge>
  return <StateBadge tone={memo.state === 'decided' ? 'done' : 'waiting'}>{t(`memo.${memo.state}`)}</StateBadge>
}
