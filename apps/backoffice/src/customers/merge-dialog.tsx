import type { Customer } from '@ecluse/contracts/customers.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { ChooseCustomer } from './choose-customer.tsx'
import { touchedByMerge } from './touched.ts'

/** Finds the other file of the same person, and makes them one. */
export function MergeDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useT()
  const merge = useAct({
    act: (id: string, idempotencyKey) =>
      call(
        endpoints.mergeCustomers,
        { params: { customerId: customer.id }, body: { otherId: id } },
        { idempotencyKey },
      ),
    touches: touchedByMerge,
    done: () => t('customers.merge.done'),
    undo: ({ memberId }) => call(endpoints.unmergeCustomer, { params: { customerId: memberId }, body: {} }),
    onDone: onClose,
  })
  return (
    <ChooseCustomer
      customer={customer}
      title={t('customers.merge.title')}
      help={t('customers.merge.help', { name: customer.name })}
      label={t('customers.merge.other')}
      confirm={t('customers.merge.confirm')}
      busy={merge.isPending}
      onChoose={merge.mutate}
      onClose={onClose}
    />
  )
}
