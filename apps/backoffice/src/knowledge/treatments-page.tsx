import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { TreatmentAudit } from '@ecluse/contracts/treatments.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatNumber, formatPercent } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Disclosure } from '../common/disclosure.tsx'
import { Page } from '../common/page.tsx'
import { useChannelName } from '../network/use-channels.ts'
import { BarsFigure } from './bars-figure.tsx'
import { TreatmentEffectsCard } from './treatment-effects.tsx'
import { TreatmentPolicyForm } from './treatment-policy.tsx'
import './knowledge.css'

/** How customers are dealt with: from when on they are relational, and whether some are less often than others. */
export function TreatmentsPage() {
  const t = useT()
  const query = useQuery(apiQuery(endpoints.getTreatmentAudit, {}))
  const audit = query.data
  return (
    <Page title={t('nav.treatments')} summary={t('treatments.summary')}>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={320} />}
      {audit && (
        <div className="bo-stack">
          <Shares audit={audit} />
          <TreatmentPolicyForm policy={audit.policy} />
          <TreatmentEffectsCard />
          {audit.audits.map((one) => (
            <AuditCard key={one.by} audit={one} mean={audit.customers > 0 ? audit.relational / audit.customers : 0} />
          ))}
          <Card title={t('treatments.notKnown')}>
            <p className="bo-line">{t('treatments.notKnown.help')}</p>
          </Card>
        </div>
      )}
    </Page>
  )
}

function Shares({ audit }: { audit: TreatmentAudit }) {
  const t = useT()
  const { locale } = useLocale()
  const { customers, relational, byStaff } = audit
  return (
    <Card title={t('treatments.shares')}>
      {customers === 0 ? (
        <p className="bo-line">{t('treatments.nobody')}</p>
      ) : (
        <>
          <BarsFigure
            title={t('treatments.shares')}
            data={[
              { treatment: t('treatments.relational'), customers: relational },
              { treatment: t('treatments.transactional'), customers: customers - relational },
            ]}
            by={{ name: 'treatment', label: t('nav.treatments') }}
            series={[{ name: 'customers', label: t('nav.customers'), color: 'var(--color-primary)' }]}
            format={(value) => formatNumber(value, locale)}
          />
          <p className="bo-line bo-quiet">
            {t('treatments.shares.words', {
              share: formatPercent(relational / customers, locale),
              byStaff,
            })}
          </p>
        </>
      )}
    </Card>
  )
}

type Audit = TreatmentAudit['audits'][number]
type Group = Audit['groups'][number]

/** How many groups are shown before one asks for the rest. */
const firstShown = 10

function AuditCard({ audit: { by, groups }, mean }: { audit: Audit; mean: number }) {
  const t = useT()
  const warned = groups.filter(({ warning }) => warning !== null)
  const shown = [...warned, ...groups.filter(({ warning }) => warning === null)]
  return (
    <Card title={t(`treatments.by.${by}`)}>
      <p className="bo-line">
        {warned.length > 0 ? t('treatments.warned', { count: warned.length }) : t('treatments.even')}
      </p>
      <GroupList by={by} groups={shown.slice(0, firstShown)} mean={mean} />
      {shown.length > firstShown && (
        <Disclosure label={t('treatments.more', { count: shown.length - firstShown })}>
          <GroupList by={by} groups={shown.slice(firstShown)} mean={mean} />
        </Disclosure>
      )}
    </Card>
  )
}

function GroupList({ by, groups, mean }: { by: Audit['by']; groups: readonly Group[]; mean: number }) {
  const t = useT()
  const { locale } = useLocale()
  const name = useGroupName(by)
  return (
    <ul className="bo-audit-groups">
      {groups.map(({ value, customers, share, ratio, warning }) => (
        <li key={value}>
          <span>
            {name(value)} <span className="bo-quiet">({formatNumber(customers, locale)})</span>
          </span>
          <span className="bo-audit-track" aria-hidden>
            <span style={{ inlineSize: `${share * 100}%` }} />
            <i style={{ insetInlineStart: `${mean * 100}%` }} />
          </span>
          <span>
            {formatPercent(share, locale)}
            {ratio !== null && ` · ${t('treatments.ratio', { ratio: formatNumber(ratio, locale, 2) })}`}
            {warning && <span className="bo-audit-warning"> · {t(`treatments.warning.${warning}`)}</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}

function useGroupName(by: Audit['by']): (value: string | null) => string {
  const t = useT()
  const channelName = useChannelName()
  return (value) => {
    if (value === null) return t('treatments.unknown')
    if (by === 'channel') return channelName(value)
    if (by === 'language') return t('treatments.language', { locale: value })
    return /^\d/.test(value) ? t('treatments.region', { code: value }) : value
  }
}
