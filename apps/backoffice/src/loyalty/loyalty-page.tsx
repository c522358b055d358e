import { Button, Skeleton } from '@mantine/core'
import { IconAdjustments } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { LoyaltyLiability, LoyaltyProgramme } from '@ecluse/contracts/loyalty.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { formatDate, formatNumber } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { apiPages, apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Facts } from '../common/facts.tsx'
import { Page } from '../common/page.tsx'
import { BarsFigure } from '../knowledge/bars-figure.tsx'
import { MoreButton } from '../list/more-button.tsx'
import '../knowledge/knowledge.css'
import './loyalty.css'

/** The programme at a glance: what members hold, when it ends, and who they are. */
export function LoyaltyPage() {
  const t = useT()
  const can = useCan()
  const programme = useQuery(apiQuery(endpoints.getLoyaltyProgramme, {}))
  const rule = programme.data?.programme
  const partners = can('loyalty:write') && (
    <Button component={Link} to="/loyalty/partners" variant="default">
      {t('partners.title')}
    </Button>
  )
  const edit = can('loyalty:write') && (
    <Button component={Link} to="/loyalty/programme" leftSection={<IconAdjustments size={16} aria-hidden />}>
      {t(rule ? 'loyalty.edit' : 'loyalty.start')}
    </Button>
  )
  return (
    <Page
      title={t('nav.loyalty')}
      summary={t('loyalty.summary')}
      acts={
        rule && (
          <>
            {partners}
            {edit}
          </>
        )
      }
    >
      {programme.isError && <ErrorNote error={programme.error} onRetry={() => void programme.refetch()} />}
      {programme.isPending && <Skeleton height={240} />}
      {programme.data && !rule && (
        <EmptyState title={t('loyalty.none')} hint={t('loyalty.none.help')}>
          {edit}
        </EmptyState>
      )}
      {rule && (
        <div className="bo-stack">
          <Owed />
          <Members programme={rule} />
        </div>
      )}
    </Page>
  )
}

function Owed() {
  const t = useT()
  const query = useQuery(apiQuery(endpoints.getLoyaltyLiability, {}))
  return (
    <Card title={t('loyalty.owed')}>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={240} />}
      {query.data && <OwedFigures liability={query.data} />}
    </Card>
  )
}

function OwedFigures({ liability }: { liability: LoyaltyLiability }) {
  const t = useT()
  const { locale } = useLocale()
  const points = (count: number): string => t('loyalty.points', { count })
  const monthName = (month: string | null): string =>
    month === null ? t('loyalty.never') : formatDate(`${month}-15T12:00:00Z`, locale, 'month')
  return (
    <div className="bo-stack">
      <Facts
        facts={[
          [t('loyalty.members'), formatNumber(liability.members, locale)],
          [t('loyalty.active'), points(liability.active)],
          [t('loyalty.worth'), liability.worth && <Money value={liability.worth} />],
          [t('loyalty.pending'), points(liability.pending)],
          [t('loyalty.held'), liability.held > 0 && points(liability.held)],
          [t('loyalty.inDebt'), liability.owed > 0 && points(liability.owed)],
          [t('loyalty.spent'), points(liability.spent)],
          [t('loyalty.expired'), points(liability.expired)],
        ]}
      />
      {liability.byMonth.length > 0 && (
        <BarsFigure
          title={t('loyalty.ending')}
          data={liability.byMonth.map(({ month, points: count }) => ({ month: monthName(month), count }))}
          by={{ name: 'month', label: t('loyalty.month') }}
          series={[{ name: 'count', label: t('loyalty.column.active'), color: 'var(--color-primary)' }]}
          format={(value) => formatNumber(value, locale)}
        />
      )}
      <p className="bo-line bo-quiet">{t('loyalty.ending.help')}</p>
    </div>
  )
}

function Members({ programme }: { programme: LoyaltyProgramme }) {
  const t = useT()
  const { locale } = useLocale()
  const pages = useInfiniteQuery({ ...apiPages(endpoints.listLoyaltyMembers, { query: { limit: 25 } }) })
  const members = pages.data?.pages.flatMap(({ items }) => items) ?? []
  const tierName = (code: string | null): string | null =>
    programme.rule.tiers.find((tier) => tier.code === code)?.name[locale] ?? null
  return (
    <Card title={t('loyalty.members')}>
      {pages.isError && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton height={120} />}
      {pages.data && members.length === 0 && <p className="bo-line bo-quiet">{t('loyalty.members.none')}</p>}
      <ul className="bo-plain-list">
        {members.map((member) => (
          <li key={member.customerId} className="bo-row-between">
            <span className="bo-wrap">
              <Link to="/customers/$customerId" params={{ customerId: member.customerId }} className="bo-link">
                {member.name || member.cardNumber}
              </Link>
              <span className="bo-quiet bo-block">
                {[tierName(member.tier), member.cardNumber].filter(Boolean).join(' · ')}
              </span>
            </span>
            <span className="bo-loyalty-end">
              {t('loyalty.points', { count: member.active })}
              {member.pending !== 0 && (
                <span className="bo-quiet bo-block">{t('loyalty.pending.short', { count: member.pending })}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
      <MoreButton pages={pages} />
    </Card>
  )
}
