import { Button, Skeleton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { Facts } from '../../common/facts.tsx'
import { Page } from '../../common/page.tsx'
import { useAmounts } from '../scenarios/amounts.ts'

/** Studies of outlets: how many to have, which, and who is admitted. */
export function OutletsPage() {
  const t = useT()
  const { day } = useAmounts()
  const query = useQuery(apiQuery(endpoints.listStudies, { query: { kind: 'outlets' } }))
  const add = (
    <Button component={Link} to="/outlets/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('outlets.new')}
    </Button>
  )
  return (
    <Page title={t('nav.outlets')} summary={t('outlets.summary')} acts={add}>
      <div className="bo-stack">
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton height={200} />}
        {query.data?.items.length === 0 && <EmptyState title={t('outlets.none')} hint={t('outlets.none.help')} />}
        {query.data?.items.map(({ id, name, savedAt, savedBy }) => (
          <Card
            key={id}
            title={name}
            acts={
              <Link to="/outlets/$studyId" params={{ studyId: id }} className="bo-link">
                {t('outlets.open')}
              </Link>
            }
          >
            <Facts
              facts={[
                [t('outlets.savedOn'), day(savedAt)],
                [t('outlets.savedBy'), savedBy],
              ]}
            />
          </Card>
        ))}
      </div>
    </Page>
  )
}
