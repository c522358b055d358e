/** @jsxRuntime automatic @jsxImportSource preact */
import type { Order } from '@ecluse/contracts/orders.ts'
import type { Visit } from '../visit.ts'

type Props = { visit: Visit; order: Order; line: Order['lines'][number] }

/** What an article stands in for, or what stands in for it. */
export function Substitution({ visit: { t }, order, line }: Props) {
  const { lines } = order
  const missing = line.substituteFor && lines.find(({ id }) => id === line.substituteFor)
  const instead = lines.some(({ substituteFor }) => substituteFor === line.id)
  const waits = line.exception === null && line.fulfilledQuantity === 0 && order.documentState === 'confirmed'
  return (
    <>
      {missing && <p class="muted">{t('order.instead_of', { name: missing.name })}</p>}
      {missing && waits && <p class="muted">{t('order.substitute_right')}</p>}
      {line.exception === 'cancelled' && <p class="muted">{t(instead ? 'order.replaced' : 'order.line_refunded')}</p>}
    </>
  )
}
