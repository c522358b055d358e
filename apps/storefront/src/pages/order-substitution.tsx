/** @jsxRuntime automatic @jsxImportSource preact */
import { goneUnitsOf } from '@ecluse/contracts/gone-units.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { money } from '../parts/price.tsx'
import type { Visit } from '../visit.ts'

type Props = { visit: Visit; order: Order; line: Order['lines'][number] }

/** What an article stands in for; what of it is out of the order, with its amount; or that it is looked for. */
export function Substitution({ visit, order, line }: Props) {
  const { t } = visit
  const { lines } = order
  const missing = line.substituteFor && lines.find(({ id }) => id === line.substituteFor)
  const gone = goneUnitsOf(order, line)
  const awaited = line.exception === 'unsourced' || line.exception === 'waiting'
  const waits = line.exception === null && line.fulfilledQuantity === 0 && order.documentState === 'confirmed'
  return (
    <>
      {missing && <p class="muted">{t('order.instead_of', { name: missing.name })}</p>}
      {missing && waits && <p class="muted">{t('order.substitute_right')}</p>}
      {gone && (
        <p class="muted">
          {t(gone.replaced ? 'order.gone_replaced' : 'order.gone', {
            units: gone.units,
            of: gone.of,
            whole: gone.units === gone.of ? 'yes' : 'no',
            amount: money(visit, gone.amount),
          })}
        </p>
      )}
      {awaited && <p class="muted">{t('order.awaited')}</p>}
    </>
  )
}
