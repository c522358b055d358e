import { useState } from 'react'
import { Button, Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { SalesVisit } from '@ecluse/contracts/sales-visits.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'
import { MoreButton } from '../list/more-button.tsx'
import { CloseVisit } from './close-visit.tsx'
import '../messages/messages.css'

/** Visits to make, by their day: where, about what, with the sheet to take along; and what came of each. */
export function VisitsPage() {
  const t = useT()
  const { locale } = useLocale()
  const [closing, setClosing] = useState<SalesVisit | null>(null)
  const pages = useInfiniteQuery(apiPages(endpoints.listSalesVisits, { query: { limit: 50 } }))
  const visits = pages.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Page title={t('nav.visits')} summary={t('visits.summary')}>
      {pages.isError && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton height={240} />}
      {pages.data && visits.length === 0 && <EmptyState title={t('visits.empty')} hint={t('visits.empty.help')} />}
      {visits.length > 0 && (
        <ul className="bo-mail-list" aria-label={t('nav.visits')}>
          {visits.map((visit) => (
            <li key={visit.id} className="bo-mail-row">
              <span className="bo-two">
                <Link
                  to="/customers/$customerId/visit-sheet"
                  params={{ customerId: visit.customerId }}
                  className="bo-link"
                >
                  {visit.name || t('customers.nameless')}
                </Link>
                <span>{[visit.about, visit.place].filter(Boolean).join(' · ')}</span>
                {!visit.permission.allowed && (
                  <StateBadge tone="urgent">
                    {t('visits.notNow', { reason: t(`consents.reason.${visit.permission.reason}`) })}
                  </StateBadge>
                )}
              </span>
              <span className="bo-mail-meta">
                <span>{formatDate(visit.on, locale, 'weekday')}</span>
                <Button variant="default" size="xs" onClick={() => setClosing(visit)}>
                  {t('visits.outcome')}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      <MoreButton pages={pages} />
      {closing && <CloseVisit visit={closing} onClose={() => setClosing(null)} />}
    </Page>
  )
}
