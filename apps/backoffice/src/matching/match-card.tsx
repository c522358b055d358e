import { Button, Group, SimpleGrid } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Customer } from '@ecluse/contracts/customers.ts'
import type { Match } from '@ecluse/contracts/matching.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { CustomerFacts } from '../customers/customer-panel.tsx'
import { MatchReasons } from './match-reasons.tsx'

export type Decision = 'merge' | 'not_same' | 'later' | 'reopen'

/** Two files side by side, what speaks for and against, and what may be done. */
export function MatchCard({
  match,
  busy,
  onDecide,
}: {
  match: Match
  busy: boolean
  onDecide: (decision: Decision) => void
}) {
  const t = useT()
  const can = useCan()
  const waits = match.state === 'open' || match.state === 'later'
  const decisions: readonly Decision[] = waits
    ? match.state === 'open'
      ? ['merge', 'not_same', 'later']
      : ['merge', 'not_same', 'reopen']
    : ['reopen']
  const names = { one: match.customer?.name ?? '', other: match.other?.name ?? '' }
  return (
    <Card title={t('matches.pair', names)}>
      <p className="bo-quiet">
        {t('matches.probability', { percent: Math.round(match.probability * 100) })}
        {!waits && ` · ${match.actor ?? t('matches.byRule')}`}
      </p>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        <File customer={match.customer} />
        <File customer={match.other} />
        <section aria-label={t('matches.reasons')}>
          <MatchReasons reasons={match.reasons} />
        </section>
      </SimpleGrid>
      {can('customers:write') && (
        <Group mt="md">
          {decisions.map((decision) => (
            <Button
              key={decision}
              variant={decision === 'merge' ? 'filled' : 'default'}
              disabled={busy}
              aria-label={t(`matches.decide.${decision}.of`, names)}
              onClick={() => onDecide(decision)}
            >
              {t(`matches.decide.${decision}`)}
            </Button>
          ))}
        </Group>
      )}
    </Card>
  )
}

function File({ customer }: { customer: Customer | null }) {
  const t = useT()
  if (!customer) return null
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
