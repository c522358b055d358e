import type { Site } from '@ecluse/contracts/channels.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { useT } from '../app/i18n.ts'
import { giftCodeOf } from '@ecluse/contracts/gift-code.ts'
import { Paper, PaperRow } from './paper.tsx'

/** For who receives a present: what it is, without its price, and a code to exchange it with. */
export function GiftReceipt({ order, site }: { order: Order; site: Site | null }) {
  const t = useT()
  const { locale } = useLocale()
  const code = giftCodeOf(order.number)
  return (
    <Paper site={site} title={t('gift.title')} number="" code={code} at={order.placedAt}>
      <section className="pos-paper-part">
        {order.lines
          .filter((line) => line.quantity > line.returnedQuantity && line.exception !== 'cancelled')
          .map((line) => (
            <div key={line.id} className="pos-paper-line">
              <PaperRow words={line.name} amount={`× ${line.quantity - line.returnedQuantity}`} />
              <p className="pos-paper-small">{[line.variantLabel, line.sku].filter(Boolean).join(' · ')}</p>
            </div>
          ))}
      </section>
      <section className="pos-paper-part">
        <p>
          {order.returnUntil
            ? t('gift.until', { date: formatDate(order.returnUntil, locale, 'dayLong') })
            : t('gift.days', { days: order.returnDays })}
        </p>
      </section>
    </Paper>
  )
}
