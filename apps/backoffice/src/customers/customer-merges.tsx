import { Button } from '@mantine/core'
import type { CustomerProfile } from '@ecluse/contracts/customers.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { call } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { touchedByMerge } from './touched.ts'

/** Who was merged into a customer, when and by whom; each merge can be taken back. */
export function CustomerMerges({ profile }: { profile: CustomerProfile }) {
  const t = useT()
  const can = useCan()
  const apart = useAct({
    act: (customerId: string, idempotencyKey) =>
      call(endpoints.unmergeCustomer, { params: { customerId }, body: {} }, { idempotencyKey }),
    touches: touchedByMerge,
    done: () => t('customers.unmerge.done'),
  })
  const members = new Set(profile.members.map(({ id }) => id))
  // The latest merge of each is the one that holds.
  const seen = new Set<string>()
  return (
    <ul className="bo-plain-list">
      {profile.history.map((one) => {
        const holds = one.act === 'merged' && members.has(one.memberId) && !seen.has(one.memberId)
        seen.add(one.memberId)
        const name = one.name || t('customers.nameless')
        return (
          <li key={`${one.memberId} ${one.at} ${one.act}`} className="bo-row-between">
            <span className="bo-wrap">
              {t(`customers.merges.${one.act}`, { name })}
              <span className="bo-quiet bo-block">
                {one.act === 'merged' && one.rule !== 'staff' ? t(`customers.rule.${one.rule}`) : one.actor} ·{' '}
                <RelativeTime at={one.at} />
                {one.note && ` · ${one.note}`}
              </span>
            </span>
            {holds && can('customers:write') && (
              <Button
                variant="default"
                size="xs"
                aria-label={t('customers.unmerge.of', { name })}
                loading={apart.isPending && apart.variables === one.memberId}
                onClick={() => apart.mutate(one.memberId)}
              >
                {t('customers.unmerge')}
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}
