import { Select, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { CustomerAdviser as Given } from '@ecluse/contracts/advisers.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { Why } from '@ecluse/ui/why.tsx'
import { useT, type Translate } from '../app/i18n.ts'

/** Who looks after a customer, why, and somebody else instead. */
export function CustomerAdviser({ customerId }: { customerId: string }) {
  const t = useT()
  const can = useCan()
  const query = useQuery(apiQuery(endpoints.getCustomerAdviser, { params: { customerId } }))
  const advisers = useQuery(apiQuery(endpoints.listAdvisers, {}))
  const act = useAct({
    act: (accountId: string | null) =>
      call(endpoints.setCustomerAdviser, { params: { customerId }, body: { accountId } }),
    touches: ['/customers', '/advisers'],
    done: () => t('advisers.done'),
  })
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <Skeleton height={60} />
  const { adviser, actor, at } = query.data
  const choices = (advisers.data?.items ?? []).filter(({ active }) => active)
  return (
    <div className="bo-stack">
      <div>
        {adviser?.name ?? t('advisers.nobody')}
        {at && (
          <span className="bo-quiet bo-block">
            <RelativeTime at={at} /> · {actor ?? t('advisers.chosen')}
          </span>
        )}
        <Reason given={query.data} />
      </div>
      {can('customers:write') && choices.length > 0 && (
        <Select
          label={t('advisers.give')}
          placeholder={t('advisers.nobody')}
          clearable
          searchable
          value={adviser?.accountId ?? null}
          disabled={act.isPending}
          data={choices.map(({ accountId, name, customers, mostCustomers }) => ({
            value: accountId,
            label: t('advisers.choice', { name, customers, most: mostCustomers }),
          }))}
          onChange={(accountId) => accountId !== (adviser?.accountId ?? null) && act.mutate(accountId)}
        />
      )}
    </div>
  )
}

function Reason({ given: { adviser, reason } }: { given: Given }) {
  const t = useT()
  if (!adviser || !reason) return null
  const tried = reasonsOf(reason, t).map((detail) => ({ rule: detail, outcome: 'kept' as const, detail }))
  return (
    <Why
      subject={t('advisers.one')}
      reason={{ kept: '', tried }}
      sentence={t('advisers.why', { name: adviser.name, among: reason.among })}
    />
  )
}

function reasonsOf(reason: NonNullable<Given['reason']>, t: Translate): string[] {
  const { siteName: site, km, categoryCodes, customers } = reason
  return [
    t(reason.speaks ? 'advisers.why.speaks' : 'advisers.why.nobodySpeaks'),
    ...(site !== null && reason.usualShop ? [t('advisers.why.usual', { site })] : []),
    ...(site === null ? [] : [km === null ? t('advisers.why.site', { site }) : t('advisers.why.near', { site, km })]),
    ...(categoryCodes.length > 0 ? [t('advisers.why.knows', { count: categoryCodes.length })] : []),
    t('advisers.why.load', { customers }),
  ]
}
