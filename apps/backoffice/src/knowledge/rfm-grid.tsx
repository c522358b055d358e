import { Link } from '@tanstack/react-router'
import type { Knowledge } from '@ecluse/contracts/knowledge.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney, formatNumber } from '@ecluse/ui/format.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'

const scores = [1, 2, 3, 4, 5] as const

/** Customers by how lately and how often they bought, the darker the more; each cell leads to a segment of them. */
export function RfmGrid({ grid }: { grid: Knowledge['grid'] }) {
  const t = useT()
  const most = Math.max(1, ...grid.map(({ customers }) => customers))
  const at = (recency: number, frequency: number) =>
    grid.find((cell) => cell.recency === recency && cell.frequency === frequency)
  return (
    <>
      {/* Beside the table, not its caption: on a telephone it would be as wide as what is scrolled. */}
      <p className="bo-line bo-quiet" id="rfm-help">
        {t('knowledge.rfm.help')}
      </p>
      <div className="bo-rfm-scroll" role="group" aria-label={t('knowledge.rfm')} tabIndex={0}>
        <table className="bo-rfm" aria-describedby="rfm-help">
          <thead>
            <tr>
              <th scope="col">{t('knowledge.rfm.corner')}</th>
              {scores.map((frequency) => (
                <th scope="col" key={frequency}>
                  F{frequency}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {scores.toReversed().map((recency) => (
              <tr key={recency}>
                <th scope="row">R{recency}</th>
                {scores.map((frequency) => (
                  <Cell key={frequency} r={recency} f={frequency} cell={at(recency, frequency)} most={most} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

type CellProps = { r: number; f: number; cell: Knowledge['grid'][number] | undefined; most: number }

function Cell({ r, f, cell, most }: CellProps) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  if (cell === undefined) return <td className="bo-rfm-none">–</td>
  const average = formatMoney({ amountMinor: Math.round(cell.spentMinor / cell.customers), currency: 'EUR' }, locale, {
    whole: true,
  })
  const words = (
    <>
      <strong>{formatNumber(cell.customers, locale)}</strong>
      <span>{t('knowledge.rfm.average', { amount: average })}</span>
    </>
  )
  const weight = `${Math.round(5 + 33 * Math.sqrt(cell.customers / most))}%`
  return (
    <td style={{ '--rfm-weight': weight } as React.CSSProperties}>
      {can('segments:write') ? (
        <Link to="/segments/new" search={{ r, f }} title={t('knowledge.rfm.segment', { r, f })}>
          {words}
        </Link>
      ) : (
        <span className="bo-rfm-cell">{words}</span>
      )}
    </td>
  )
}
