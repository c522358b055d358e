import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { costTermNames, type OrderCosts as Costs } from '@ecluse/contracts/insights.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatBasisPoints, formatMoney } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan, useSession } from '@ecluse/ui/staff/session.tsx'
import { useT, type MessageId } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Disclosure } from '../common/disclosure.tsx'
import { Facts } from '../common/facts.tsx'

/** What an order costs to serve, what is left of it, and how each line's cost was computed. */
export function OrderCosts({ order }: { order: Order }) {
  const t = useT()
  const can = useCan()
  const { siteIds } = useSession()
  const { siteId } = order.delivery
  // Whoever is bound to shops is told of what these sold, and of nothing else.
  const mine = siteIds === null || (siteId !== null && siteIds.includes(siteId))
  if (!can('insights:read') || !mine || order.documentState !== 'confirmed') return null
  return (
    <Card title={t('orderCosts.title')}>
      <Explained order={order} />
    </Card>
  )
}

function Explained({ order }: { order: Order }) {
  const t = useT()
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.getOrderCosts, { params: { orderId: order.id } }))
  const { data } = query
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  if (!data) return <Skeleton height={140} />
  const money = (amountMinor: number) => moneyOf(amountMinor, locale)
  const sumOf = (term: string) =>
    data.lines.flatMap(({ terms }) => terms).reduce((sum, one) => (one.term === term ? sum + one.amountMinor : sum), 0)
  return (
    <div className="bo-stack">
      <Facts
        facts={[
          [t('orderCosts.net'), money(data.netMinor)],
          ...costTermNames.map((term): [string, string] => [t(`kpi.${term}`), money(sumOf(term))]),
          [t('kpi.margin'), <strong key="m">{money(data.marginMinor)}</strong>],
        ]}
      />
      {data.lines.map((line) => (
        <Disclosure key={line.lineId} label={`${nameOf(order, line.lineId)} · ${money(line.costMinor)}`}>
          <ul className="bo-plain-list">
            {line.terms.map((term) => (
              <li key={term.term} className="bo-line">
                {t(`kpi.${term.term}`)} : <strong>{money(term.amountMinor)}</strong>{' '}
                <span className="bo-quiet">{t(formulaOf(term), inputsOf(term.inputs, locale))}</span>
              </li>
            ))}
          </ul>
        </Disclosure>
      ))}
    </div>
  )
}

type Term = Costs['lines'][number]['terms'][number]

/** The words of a term's formula: goods alone may come from a purchase price or from an assumption. */
function formulaOf({ term, source }: Term): MessageId {
  if (term !== 'goods') return `orderCosts.${term}.channel_costs`
  return source === 'purchase_price' ? 'orderCosts.goods.purchase_price' : 'orderCosts.goods.assumed_share'
}

function nameOf(order: Order, lineId: string): string {
  return order.lines.find(({ id }) => id === lineId)?.name ?? ''
}

function moneyOf(amountMinor: number, locale: Locale): string {
  return formatMoney({ amountMinor, currency: 'EUR' }, locale)
}

/** What a formula is filled with: amounts and shares as they are read, counts as they are. */
function inputsOf(inputs: Term['inputs'], locale: Locale): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      name,
      name.endsWith('Minor')
        ? moneyOf(value, locale)
        : name === 'basisPoints'
          ? formatBasisPoints(value, locale)
          : value,
    ]),
  )
}
