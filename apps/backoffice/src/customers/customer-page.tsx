import { useState } from 'react'
import { Button, Skeleton } from '@mantine/core'
import { IconArrowMerge } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { CustomerProfile } from '@ecluse/contracts/customers.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'
import { AskForCustomer } from '../rights/ask-for-customer.tsx'
import { CustomerFacts, CustomerOrders } from './customer-panel.tsx'
import { CustomerKnowledge } from './customer-knowledge.tsx'
import { CustomerDecisions } from '../journeys/customer-decisions.tsx'
import { MemberCard } from '../loyalty/member-card.tsx'
import { CustomerContacts } from './customer-contacts.tsx'
import { CustomerAdviser } from './customer-adviser.tsx'
import { CustomerConsents } from './customer-consents.tsx'
import { CustomerHousehold } from './customer-household.tsx'
import { CustomerMerges } from './customer-merges.tsx'
import { CustomerOverview } from './customer-overview.tsx'
import { CustomerEntitlements } from './customer-entitlements.tsx'
import { CustomerHolds } from '../rights/customer-holds.tsx'
import { RestrictButton, RestrictionNote } from './customer-restriction.tsx'
import { CustomerReads } from './customer-reads.tsx'
import { CustomerTraits } from './customer-traits.tsx'
import { CustomerTimeline } from './customer-timeline.tsx'
import { CustomerValues } from './customer-values.tsx'
import { MergeDialog } from './merge-dialog.tsx'

const route = getRouteApi('/customers/$customerId')

/** A customer: who they are, what happened in every channel, what they allow, how that is known, and who was merged into them. */
export function CustomerPage() {
  const t = useT()
  const can = useCan()
  const { customerId } = route.useParams()
  const [merging, setMerging] = useState(false)
  const query = useQuery(apiQuery(endpoints.getCustomerProfile, { params: { customerId } }))
  const profile = query.data
  const name = profile && (profile.customer.name || t('customers.nameless'))
  return (
    <Page
      title={name ?? t('customers.one')}
      summary={profile && t(`customers.kind.${profile.customer.kind}`)}
      back={{ to: '/customers', label: t('nav.customers') }}
      acts={
        profile && (
          <>
            <AskForCustomer customerId={profile.customer.id} />
            <RestrictButton customerId={profile.customer.id} />
            {can('customers:write') && (
              <Button
                variant="default"
                leftSection={<IconArrowMerge size={16} aria-hidden />}
                onClick={() => setMerging(true)}
              >
                {t('customers.merge')}
              </Button>
            )}
          </>
        )
      }
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={320} />}
      {profile && <RestrictionNote customerId={profile.customer.id} />}
      {profile && <CustomerCards profile={profile} />}
      {profile && merging && <MergeDialog customer={profile.customer} onClose={() => setMerging(false)} />}
    </Page>
  )
}

function CustomerCards({ profile }: { profile: CustomerProfile }) {
  const t = useT()
  const can = useCan()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { customer } = profile
  return (
    <div className="bo-grid-2">
      <div className="bo-stack">
        <Card title={t('customers.overview')}>
          <CustomerOverview customerId={customer.id} />
        </Card>
        <Card title={t('customers.timeline')}>
          <CustomerTimeline
            key={customer.id}
            profile={profile}
            filter={search}
            onFilter={(patch) =>
              void navigate({ search: (before) => ({ ...before, ...patch }), replace: true, resetScroll: false })
            }
          />
        </Card>
        <CustomerKnowledge customerId={customer.id} />
        <MemberCard customerId={customer.id} />
        <CustomerEntitlements customerId={customer.id} />
        <CustomerConsents customerId={customer.id} />
        <CustomerDecisions customerId={customer.id} />
        <CustomerContacts customerId={customer.id} />
      </div>
      <div className="bo-stack">
        <Card title={t('customers.about')}>
          <CustomerFacts customer={customer} />
        </Card>
        <CustomerTraits customerId={customer.id} />
        <Card title={t('advisers.one')}>
          <CustomerAdviser customerId={customer.id} />
        </Card>
        {customer.kind === 'person' && (
          <Card title={t('homes.one')}>
            <CustomerHousehold customer={customer} />
          </Card>
        )}
        <Card title={t('customers.learnt')}>
          <CustomerValues profile={profile} />
        </Card>
        {can('orders:read') && (
          <Card title={t('nav.orders')}>
            <CustomerOrders customer={customer} />
          </Card>
        )}
        <Card title={t('customers.reads')}>
          <CustomerReads customerId={customer.id} />
        </Card>
        <CustomerHolds customerId={customer.id} />
        {profile.history.length > 0 && (
          <Card title={t('customers.merges')}>
            <CustomerMerges profile={profile} />
          </Card>
        )}
      </div>
    </div>
  )
}
