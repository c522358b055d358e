import { useState } from 'react'
import { Alert, Button, Checkbox, NumberInput, Select, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Company } from '@ecluse/contracts/companies.ts'
import { paymentTerms, type Credit } from '@ecluse/contracts/credit.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { Money } from '@ecluse/ui/money.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Facts } from '../common/facts.tsx'
import { FormEnd } from '../common/form-end.tsx'
import { RecordTransfer, type OwedOrder } from './record-transfer.tsx'

/** What a company may buy on account, what it owes, and the transfers that settle it. */
export function CompanyCredit({ company }: { company: Company }) {
  const t = useT()
  const can = useCan()
  const [open, setOpen] = useState<'terms' | 'transfer' | null>(null)
  const params = { companyId: company.id }
  const credit = useQuery(apiQuery(endpoints.getCompanyCredit, { params }))
  const owed = useQuery(apiQuery(endpoints.listOwedOrders, { params }))
  const close = () => setOpen(null)
  const mayWrite = can('credit:write')
  return (
    <div className="bo-stack">
      {credit.isError && <ErrorNote error={credit.error} onRetry={() => void credit.refetch()} />}
      {credit.data?.blockedBy && (
        <Alert color="red" title={t('credit.blocked')}>
          {t(`credit.blocked.${credit.data.blockedBy}`)}
        </Alert>
      )}
      <Card
        title={t('companies.tab.credit')}
        acts={
          mayWrite && (
            <Button size="compact-sm" variant="default" onClick={() => setOpen('terms')}>
              {t(credit.data?.account ? 'companies.edit' : 'credit.agree')}
            </Button>
          )
        }
      >
        {credit.data && <CreditFacts credit={credit.data} />}
      </Card>
      <Card
        title={t('credit.owed')}
        acts={
          mayWrite &&
          (owed.data?.items.length ?? 0) > 0 && (
            <Button size="compact-sm" onClick={() => setOpen('transfer')}>
              {t('credit.transfer')}
            </Button>
          )
        }
      >
        <OwedOrders orders={owed.data?.items} />
      </Card>
      {open === 'terms' && credit.data && (
        <SidePanel itemKey="terms" title={t('credit.agree')} onClose={close}>
          <TermsForm companyId={company.id} credit={credit.data} onClose={close} />
        </SidePanel>
      )}
      {open === 'transfer' && (
        <SidePanel itemKey="transfer" title={t('credit.transfer')} onClose={close}>
          <RecordTransfer companyId={company.id} orders={owed.data?.items ?? []} onClose={close} />
        </SidePanel>
      )}
    </div>
  )
}

function CreditFacts({ credit }: { credit: Credit }) {
  const t = useT()
  const { account } = credit
  return (
    <Facts
      facts={[
        [t('credit.terms'), account ? t(`credit.terms.${account.terms}`) : t('credit.none')],
        [
          t('credit.limit'),
          account &&
            (account.limitMinor === null ? (
              t('credit.unlimited')
            ) : (
              <Money value={{ amountMinor: account.limitMinor, currency: 'EUR' }} />
            )),
        ],
        [t('credit.overLimit'), account?.limitMinor != null && t(`credit.overLimit.${account.overLimit}`)],
        [t('credit.outstanding'), <Money key="outstanding" value={credit.outstanding} />],
        [t('credit.overdue'), credit.overdue.amountMinor > 0 && <Money value={credit.overdue} />],
        [t('credit.available'), credit.available && <Money value={credit.available} />],
        [
          t('credit.blockAfter'),
          account?.blockAfterDays != null && t('credit.days', { count: account.blockAfterDays }),
        ],
      ]}
    />
  )
}

function OwedOrders({ orders }: { orders: readonly OwedOrder[] | undefined }) {
  const t = useT()
  const { locale } = useLocale()
  if (orders?.length === 0) return <EmptyState title={t('credit.owed.none')} compact />
  return (
    <ul className="bo-plain-list">
      {(orders ?? []).map((order) => (
        <li key={order.orderId} className="bo-row-between">
          <span className="bo-wrap">
            <Link to="/orders/$orderId" params={{ orderId: order.orderId }} className="bo-link">
              {order.number}
            </Link>
            <span className="bo-quiet bo-block">
              {t('credit.dueOn', { date: formatDate(`${order.dueOn}T12:00:00Z`, locale, 'dayLong') })}
              {order.purchaseReference && ` · ${order.purchaseReference}`}
            </span>
          </span>
          <span className="bo-company-acts">
            {order.daysLate > 0 && <StateBadge tone="urgent">{t('credit.late', { count: order.daysLate })}</StateBadge>}
            <Money value={order.owed} />
          </span>
        </li>
      ))}
    </ul>
  )
}

type Terms = Pick<NonNullable<Credit['account']>, 'terms' | 'limitMinor' | 'overLimit' | 'blockAfterDays' | 'blocked'>

function TermsForm({ companyId, credit, onClose }: { companyId: string; credit: Credit; onClose: () => void }) {
  const t = useT()
  const [values, setValues] = useState<Terms>(
    credit.account ?? {
      terms: 'net_30',
      limitMinor: 500_000,
      overLimit: 'ask',
      blockAfterDays: 15,
      blocked: false,
    },
  )
  const save = useAct({
    act: (account: Credit['account']) => call(endpoints.putCompanyCredit, { params: { companyId }, body: { account } }),
    touches: ['/companies', '/aged-balances'],
    done: () => t('credit.saved'),
    onDone: onClose,
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(values)
      }}
    >
      <Stack gap="md">
        <Select
          label={t('credit.terms')}
          description={t('credit.terms.help')}
          data={paymentTerms.map((value) => ({ value, label: t(`credit.terms.${value}`) }))}
          value={values.terms}
          allowDeselect={false}
          onChange={(terms) => terms && setValues({ ...values, terms })}
        />
        <MoneyInput
          label={t('credit.limit')}
          description={t('credit.limit.help')}
          value={values.limitMinor}
          onChange={(limitMinor) => setValues({ ...values, limitMinor })}
        />
        <Select
          label={t('credit.overLimit')}
          data={(['refuse', 'ask'] as const).map((value) => ({ value, label: t(`credit.overLimit.${value}`) }))}
          value={values.overLimit}
          allowDeselect={false}
          onChange={(overLimit) => overLimit && setValues({ ...values, overLimit })}
        />
        <NumberInput
          label={t('credit.blockAfter')}
          description={t('credit.blockAfter.help')}
          value={values.blockAfterDays ?? ''}
          min={0}
          max={365}
          allowDecimal={false}
          onChange={(days) => setValues({ ...values, blockAfterDays: days === '' ? null : Number(days) })}
        />
        <Checkbox
          label={t('credit.block')}
          checked={values.blocked}
          onChange={(event) => setValues({ ...values, blocked: event.currentTarget.checked })}
        />
        <FormEnd onCancel={onClose} busy={save.isPending} label={t('companies.save')} />
        {credit.account && (
          <Button variant="default" loading={save.isPending} onClick={() => save.mutate(null)}>
            {t('credit.end')}
          </Button>
        )}
      </Stack>
    </form>
  )
}
