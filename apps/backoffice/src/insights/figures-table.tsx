import { Link } from '@tanstack/react-router'
import type { Figures, FiguresRow, Kpi } from '@ecluse/contracts/insights.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useT } from '../app/i18n.ts'
import { FigureTable } from '../common/figure-table.tsx'
import { Change, formatKpi, KpiName } from './kpi.tsx'

const ofSales: readonly Kpi[] = [
  'netRevenue',
  'orders',
  'conversion',
  'basket',
  'margin',
  'marginRate',
  'contribution',
  'returnRate',
  'newShare',
  'retention',
  'promisesKept',
  'satisfaction',
]
const ofSites: readonly Kpi[] = ofSales.map((id) => (id === 'retention' ? 'stockOuts' : id))
const ofSegments: readonly Kpi[] = ofSales.filter((id) => !['conversion', 'contribution', 'retention'].includes(id))
const ofGoods: readonly Kpi[] = ['netRevenue', 'units', 'margin', 'marginRate', 'returnRate']

/** Figures side by side, one row for each channel, shop, category or product; a name leads to its orders, or to the product. */
export function FiguresTable({ data }: { data: Figures }) {
  const t = useT()
  const { locale } = useLocale()
  const ids = { channel: ofSales, site: ofSites, segment: ofSegments, product: ofGoods, category: ofGoods }[data.by]
  if (data.rows.length === 0) return <EmptyState title={t('insights.none')} hint={t('insights.none.help')} />
  const label = t(`insights.by.${data.by}`)
  return (
    <FigureTable label={label}>
      <thead>
        <tr>
          <th scope="col">{label}</th>
          {ids.map((id) => (
            <th scope="col" key={id}>
              <KpiName id={id} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.rows.map((row) => (
          <tr key={row.key ?? 'none'}>
            <th scope="row">
              <Name data={data} row={row} />
            </th>
            {ids.map((id) => (
              <td key={id}>
                {formatKpi(id, row.now[id], locale)}
                <br />
                <Change id={id} now={row.now[id]} before={row.before[id]} locale={locale} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </FigureTable>
  )
}

function Name({ data: { by, period }, row: { key, name } }: { data: Figures; row: FiguresRow }) {
  const t = useT()
  if (key === null) return t(by === 'site' ? 'insights.noSite' : 'insights.noCategory')
  if (by === 'product')
    return (
      <Link to="/products/$productId" params={{ productId: key }} className="bo-link">
        {name}
      </Link>
    )
  if (by === 'category') return name
  if (by === 'segment')
    return (
      <Link to="/segments/$segmentId" params={{ segmentId: key }} className="bo-link">
        {name}
      </Link>
    )
  return (
    <Link
      to="/orders"
      search={{ ...period, document: 'confirmed', ...(by === 'channel' ? { channel: key } : { site: key }) }}
      className="bo-link"
    >
      {name}
    </Link>
  )
}
