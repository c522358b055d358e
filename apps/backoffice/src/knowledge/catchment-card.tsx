import { useState } from 'react'
import { Select, Skeleton } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Catchment } from '@ecluse/contracts/traits.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney, formatNumber, formatPercent } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { FigureTable } from '../common/figure-table.tsx'
import { useSites } from '../network/use-channels.ts'
import { BarsFigure } from './bars-figure.tsx'

const months = 12
/** As many postal codes are drawn and listed: those that bring the most. */
const shown = 12

/** Where the buyers of a shop come from: how many postal codes bring half of its sales, and from how far. */
export function CatchmentCard() {
  const t = useT()
  const shops = useSites().filter(({ kind }) => kind === 'shop')
  const [chosen, setChosen] = useState<string | null>(null)
  const siteId = chosen ?? shops[0]?.id
  const query = useQuery({
    ...apiQuery(endpoints.getCatchment, { params: { siteId: siteId ?? '' }, query: { months } }),
    enabled: siteId !== undefined,
    placeholderData: keepPreviousData,
  })
  return (
    <Card title={t('catchment.title')}>
      <div className="bo-stack">
        <Select
          label={t('catchment.shop')}
          allowDeselect={false}
          searchable
          data={shops.map(({ id, name }) => ({ value: id, label: name }))}
          value={siteId ?? null}
          onChange={setChosen}
        />
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && siteId !== undefined && <Skeleton height={240} />}
        {query.data && <Areas data={query.data} />}
      </div>
    </Card>
  )
}

function Areas({ data }: { data: Catchment }) {
  const t = useT()
  const { locale } = useLocale()
  const { areas, codesFor, medianKm, orders, located } = data
  const money = (amountMinor: number) => formatMoney({ amountMinor: Math.round(amountMinor), currency: 'EUR' }, locale)
  if (areas.length === 0) return <p className="bo-line bo-quiet">{t('catchment.none')}</p>
  const best = areas.slice(0, shown)
  return (
    <>
      <p className="bo-line">
        {t('catchment.summary', codesFor)}{' '}
        {medianKm !== null && t('catchment.median', { km: formatNumber(medianKm, locale, medianKm < 20 ? 1 : 0) })}
      </p>
      <BarsFigure
        title={t('catchment.plot')}
        data={best.map(({ postalCode, salesMinor }) => ({ code: postalCode, sales: salesMinor }))}
        by={{ name: 'code', label: t('catchment.code') }}
        series={[{ name: 'sales', label: t('catchment.sales'), color: 'var(--color-primary)' }]}
        format={money}
      />
      <FigureTable label={t('catchment.plot')} narrow>
        <thead>
          <tr>
            {(['code', 'share', 'upTo', 'customers', 'distance'] as const).map((column) => (
              <th scope="col" key={column}>
                {t(`catchment.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {best.map((area) => (
            <tr key={area.postalCode}>
              <th scope="row">
                {area.postalCode} {area.locality}
              </th>
              <td>{formatPercent(area.share, locale)}</td>
              <td>{formatPercent(area.upTo, locale)}</td>
              <td>{formatNumber(area.customers, locale)}</td>
              <td>
                {area.km === null
                  ? '–'
                  : t(area.knownBy === 'postal_code' ? 'traits.km' : 'traits.about', {
                      km: formatNumber(area.km, locale, 0),
                    })}
              </td>
            </tr>
          ))}
        </tbody>
      </FigureTable>
      <p className="bo-line bo-quiet">{t('catchment.located', { located, orders, months })}</p>
    </>
  )
}
