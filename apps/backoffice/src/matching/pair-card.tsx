import { Button, Group, SimpleGrid } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Customer } from '@ecluse/contracts/customers.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { CustomerFacts } from '../customers/customer-panel.tsx'

/** Two files side by side, what speaks for and against, and what may be done: the first act is the one that changes most. */
export function PairCard<Act extends string>({
  title,
  words,
  customers,
  reasons,
  acts,
  busy,
  onAct,
}: {
  title: string
  words: string
  customers: readonly (Customer | null)[]
  reasons: ReactNode
  acts: readonly { readonly act: Act; readonly label: string; readonly of: string }[]
  busy: boolean
  onAct: (act: Act) => void
}) {
  const t = useT()
  const can = useCan()
  return (
    <Card title={title}>
      <p className="bo-quiet">{words}</p>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {customers.map((customer) => customer && <File key={customer.id} customer={customer} />)}
        <div role="group" aria-label={t('matches.reasons')}>
          {reasons}
        </div>
      </SimpleGrid>
      {can('customers:write') && (
        <Group mt="md">
          {acts.map(({ act, label, of }, nth) => (
            <Button
              key={act}
              variant={nth === 0 && acts.length > 1 ? 'filled' : 'default'}
              disabled={busy}
              aria-label={of}
              onClick={() => onAct(act)}
            >
              {label}
            </Button>
          ))}
        </Group>
      )}
    </Card>
  )
}

function File({ customer }: { customer: Customer }) {
  const t = useT()
  return (
    <section aria-label={customer.name}>
      <h3>
        <Link to="/customers/$customerId" params={{ customerId: customer.id }} className="bo-link">
          {customer.name || t('customers.nameless')}
        </Link>
      </h3>
      <CustomerFacts customer={customer} />
    </section>
  )
}
