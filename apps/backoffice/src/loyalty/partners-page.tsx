import { useState } from 'react'
import { Button, Group, Skeleton } from '@mantine/core'
import { IconKey, IconPencil, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { PointsPartner } from '@ecluse/contracts/partners.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { Money } from '@ecluse/ui/money.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Facts } from '../common/facts.tsx'
import { Page } from '../common/page.tsx'
import { PhoneLink } from '../common/phone-link.tsx'
import { PartnerForm } from './partner-form.tsx'
import { PartnerKey } from './partner-key.tsx'
import { PartnerStatementCard } from './partner-statement.tsx'

/** Firms at whose tills members earn and spend points: what is agreed, what they did in a month, and what is to be paid. */
export function PartnersPage() {
  const t = useT()
  const [adding, setAdding] = useState(false)
  const query = useQuery(apiQuery(endpoints.listPartners, {}))
  const partners = query.data?.items ?? []
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
      {t('partners.new')}
    </Button>
  )
  return (
    <Page
      title={t('partners.title')}
      summary={t('partners.summary')}
      back={{ to: '/loyalty', label: t('nav.loyalty') }}
      acts={add}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={240} />}
      {query.data && partners.length === 0 && (
        <EmptyState title={t('partners.none')} hint={t('partners.none.help')}>
          {add}
        </EmptyState>
      )}
      {partners.length > 0 && (
        <div className="bo-stack">
          {partners.map((partner) => (
            <PartnerCard key={partner.id} partner={partner} />
          ))}
          <PartnerStatementCard partners={partners} />
        </div>
      )}
      {adding && (
        <SidePanel itemKey="new" title={t('partners.new')} onClose={() => setAdding(false)}>
          <PartnerForm partner={null} onClose={() => setAdding(false)} />
        </SidePanel>
      )}
    </Page>
  )
}

function PartnerCard({ partner }: { partner: PointsPartner }) {
  const t = useT()
  const can = useCan()
  const [open, setOpen] = useState<'edit' | 'key' | null>(null)
  const { name, balance, contactName, contactEmail, contactPhone } = partner
  const euros = (amountMinor: number) => <Money value={{ amountMinor, currency: 'EUR' }} />
  const owed = balance.amountMinor
  const perDay = (count: number): string => t('partners.perDay', { count })
  return (
    <Card
      title={name}
      acts={
        <Group gap="xs">
          {can('keys:manage') && !partner.stopped && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconKey size={14} aria-hidden />}
              onClick={() => setOpen('key')}
            >
              {t('partners.key')}
            </Button>
          )}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPencil size={14} aria-hidden />}
            onClick={() => setOpen('edit')}
          >
            {t('partners.edit')}
          </Button>
        </Group>
      }
    >
      {partner.stopped && (
        <p className="bo-line">
          <StateBadge tone="neutral">{t('partners.stopped')}</StateBadge>
        </p>
      )}
      <Facts
        facts={[
          [t('partners.contact'), [contactName, contactEmail].filter(Boolean).join(' · ')],
          [t('partners.phone'), contactPhone && <PhoneLink phone={contactPhone} />],
          [t('partners.sold'), euros(partner.soldMinor)],
          [t('partners.bought'), euros(partner.boughtMinor)],
          [t('partners.personDayEarn'), perDay(partner.personDayEarn)],
          [t('partners.personDaySpend'), perDay(partner.personDaySpend)],
          [
            t(owed === 0 ? 'partners.balance' : owed > 0 ? 'partners.owesUs' : 'partners.weOwe'),
            owed === 0 ? t('partners.even') : euros(Math.abs(owed)),
          ],
        ]}
      />
      {open === 'edit' && (
        <SidePanel itemKey="edit" title={t('partners.edit.title', { name })} onClose={() => setOpen(null)}>
          <PartnerForm partner={partner} onClose={() => setOpen(null)} />
        </SidePanel>
      )}
      {open === 'key' && <PartnerKey partner={partner} onClose={() => setOpen(null)} />}
    </Card>
  )
}
