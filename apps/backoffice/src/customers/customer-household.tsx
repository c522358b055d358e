import { useState } from 'react'
import { Button, Group, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Customer } from '@ecluse/contracts/customers.ts'
import type { CustomerHousehold as Household } from '@ecluse/contracts/households.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Disclosure } from '../common/disclosure.tsx'
import { ChooseCustomer } from './choose-customer.tsx'

const touched = ['/customers', '/household-proposals']

/** With whom a customer lives, who said so, and what is to be said instead. */
export function CustomerHousehold({ customer }: { customer: Customer }) {
  const t = useT()
  const can = useCan()
  const [adding, setAdding] = useState(false)
  const params = { customerId: customer.id }
  const query = useQuery(apiQuery(endpoints.getCustomerHousehold, { params }))
  const leave = useAct({
    act: (everybody: boolean, idempotencyKey) =>
      call(endpoints.leaveHousehold, { params, body: { everybody } }, { idempotencyKey }),
    touches: touched,
    done: (_, everybody) => t(everybody ? 'homes.dissolved' : 'homes.left'),
  })
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <Skeleton height={60} />
  const { people, history } = query.data
  const others = people.filter(({ customerId }) => customerId !== customer.id)
  return (
    <div className="bo-stack">
      {others.length === 0 && <p className="bo-line bo-quiet">{t('homes.alone')}</p>}
      {others.length > 0 && (
        <>
          <ul className="bo-plain-list">
            {others.map(({ customerId, name, since }) => (
              <li key={customerId} className="bo-row-between">
                <Link to="/customers/$customerId" params={{ customerId }} className="bo-link">
                  {name || t('customers.nameless')}
                </Link>
                <span className="bo-quiet">
                  <RelativeTime at={since} />
                </span>
              </li>
            ))}
          </ul>
          <p className="bo-line bo-quiet">{t('homes.use')}</p>
        </>
      )}
      {can('customers:write') && (
        <Group gap="sm">
          <Button variant="default" size="xs" onClick={() => setAdding(true)}>
            {t('homes.add')}
          </Button>
          {others.length > 0 && (
            <Button variant="default" size="xs" loading={leave.isPending} onClick={() => leave.mutate(false)}>
              {t('homes.leave')}
            </Button>
          )}
          {others.length > 1 && (
            <Button variant="default" size="xs" loading={leave.isPending} onClick={() => leave.mutate(true)}>
              {t('homes.dissolve')}
            </Button>
          )}
        </Group>
      )}
      <History history={history} />
      {adding && <JoinDialog customer={customer} onClose={() => setAdding(false)} />}
    </div>
  )
}

/** What was said of where a customer lives, the latest first. */
function History({ history }: { history: Household['history'] }) {
  const t = useT()
  if (history.length === 0) return null
  return (
    <Disclosure label={t('homes.history')}>
      <ul className="bo-plain-list">
        {history.map(({ act, source, actor, at }) => (
          <li key={`${at} ${act}`}>
            {t(`homes.history.${act}`)}
            <span className="bo-quiet bo-block">
              {actor}
              {source === 'proposal' && ` · ${t('homes.history.proposal')}`} · <RelativeTime at={at} />
            </span>
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}

/** Finds who lives with a customer. */
function JoinDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useT()
  const join = useAct({
    act: (otherId: string, idempotencyKey) =>
      call(endpoints.joinHousehold, { params: { customerId: customer.id }, body: { otherId } }, { idempotencyKey }),
    touches: touched,
    done: () => t('homes.joined'),
    onDone: onClose,
  })
  return (
    <ChooseCustomer
      customer={{ id: customer.id, name: customer.name.split(' ').slice(1).join(' ') || customer.name }}
      title={t('homes.add.title')}
      help={t('homes.add.help', { name: customer.name })}
      label={t('homes.add.other')}
      confirm={t('homes.add.confirm')}
      busy={join.isPending}
      onChoose={join.mutate}
      onClose={onClose}
    />
  )
}
