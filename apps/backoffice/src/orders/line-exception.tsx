import { Button, Group } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { goneUnitsOf } from '@ecluse/contracts/gone-units.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney } from '@ecluse/ui/format.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { touchedByPreparation } from '../preparations/use-prepare.ts'

type Line = Order['lines'][number]

/** A line nobody has: what it is waiting for, and the choices. The refund is said before it is made. */
export function LineException({ order, line }: { order: Order; line: Line }) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const act = useAct({
    act: (choice: 'retry' | 'wait' | 'cancel', key) =>
      call(
        endpoints.resolveLine,
        { params: { orderId: order.id, lineId: line.id }, body: { choice } },
        { idempotencyKey: key },
      ),
    touches: touchedByPreparation,
    done: ({ outcome }) => t(`lineException.done.${outcome}`),
  })
  const { exception } = line
  if (exception === null) return null
  const open = exception !== 'cancelled' && order.documentState === 'confirmed'
  const gone = goneUnitsOf(order, line)
  const tone = exception === 'unsourced' ? 'urgent' : exception === 'waiting' ? 'waiting' : 'neutral'
  return (
    <span className="bo-exception">
      <StateBadge tone={tone}>
        {t(gone?.replaced ? 'lineException.replaced' : `lineException.${exception}`, {
          units: gone?.units ?? 0,
          of: gone?.of ?? 0,
          whole: gone?.units === gone?.of ? 'yes' : 'no',
          amount: gone ? formatMoney(gone.amount, locale) : '',
        })}
      </StateBadge>
      {open && can('orders:write') && (
        <Group gap="xs">
          <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate('retry')}>
            {t('lineException.retry')}
          </Button>
          {exception === 'unsourced' && (
            <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate('wait')}>
              {t('lineException.wait')}
            </Button>
          )}
          <Button size="xs" color="red" variant="light" loading={act.isPending} onClick={() => act.mutate('cancel')}>
            {t('lineException.cancel', { amount: formatMoney(line.lineTotal, locale) })}
          </Button>
        </Group>
      )}
    </span>
  )
}
