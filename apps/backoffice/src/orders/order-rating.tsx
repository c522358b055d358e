import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'

/** One of five, in figures and words. */
export function Score({ score }: { score: number }) {
  const t = useT()
  return <strong className={score <= 2 ? 'bo-score bo-score-low' : 'bo-score'}>{t('ratings.score', { score })}</strong>
}

/** What whoever ordered said of it; nothing while nothing was said. */
export function OrderRating({ order }: { order: Order }) {
  const t = useT()
  const { locale } = useLocale()
  const { data } = useQuery(apiQuery(endpoints.getRating, { params: { orderId: order.id }, query: {} }))
  if (!data?.rating) return null
  const { score, comment, changedAt } = data.rating
  return (
    <Card title={t('ratings.one')}>
      <p>
        <Score score={score} /> <span className="bo-quiet">{formatDate(changedAt, locale, 'dateTime')}</span>
      </p>
      {comment && <p className="bo-wrap">{comment}</p>}
    </Card>
  )
}
