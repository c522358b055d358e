import { useState } from 'react'
import { SegmentedControl, VisuallyHidden } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { plusDays } from '../windows/week.ts'

const spans = { day: 13, week: 83 } as const

/** Do we keep our promises? How many deliveries came within their window, in a sentence and day by day or week by week. */
export function KeptPromises({ placeId, date }: { placeId: string; date: string }) {
  const t = useT()
  const [by, setBy] = useState<'day' | 'week'>('day')
  const query = useQuery(
    apiQuery(endpoints.getKeptPromises, { query: { from: plusDays(date, -spans[by]), until: date, placeId, by } }),
  )
  const total = query.data?.total
  const percent = usePercent()
  return (
    <div className="bo-no-print bo-kept">
      <Card
        title={t('kept.title')}
        acts={
          <SegmentedControl
            aria-label={t('kept.by')}
            value={by}
            onChange={setBy}
            data={[
              { value: 'day', label: t('kept.by.day') },
              { value: 'week', label: t('kept.by.week') },
            ]}
          />
        }
      >
        {total && (
          <p>
            {ended(total) === 0
              ? t('kept.nothing')
              : t('kept.answer', { rate: percent(total.kept, ended(total)), kept: total.kept, ended: ended(total) })}
          </p>
        )}
        {query.data && query.data.items.length > 0 && <KeptTable by={by} items={query.data.items} />}
      </Card>
    </div>
  )
}

type Item = { date: string; promised: number; kept: number; late: number; failed: number; open: number }

/** Deliveries whose time has come: delivered, failed or late. */
const ended = (one: { promised: number; open: number }): number => one.promised - one.open

function usePercent(): (kept: number, over: number) => string {
  const { locale } = useLocale()
  const format = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  return (kept, over) => (over === 0 ? '–' : format.format(kept / over))
}

function KeptTable({ by, items }: { by: 'day' | 'week'; items: readonly Item[] }) {
  const t = useT()
  const { locale } = useLocale()
  const percent = usePercent()
  return (
    <div className="bo-week-scroll" role="group" aria-label={t('kept.title')} tabIndex={0}>
      <table className="bo-mini">
        <thead>
          <tr>
            <th scope="col">{t(by === 'day' ? 'kept.day' : 'kept.week')}</th>
            <th scope="col" data-end>
              {t('kept.rate')}
            </th>
            <th scope="col" className="bo-wide-only">
              <VisuallyHidden>{t('kept.title')}</VisuallyHidden>
            </th>
            <th scope="col" data-end>
              {t('kept.kept')}
            </th>
            <th scope="col" data-end>
              {t('kept.late')}
            </th>
            <th scope="col" data-end>
              {t('kept.failed')}
            </th>
            <th scope="col" data-end className="bo-wide-only">
              {t('kept.open')}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.date}>
              <td>{formatDate(`${one.date}T12:00:00Z`, locale, 'day')}</td>
              <td data-end>{percent(one.kept, ended(one))}</td>
              <td className="bo-wide-only">
                {ended(one) > 0 && <progress aria-hidden max={ended(one)} value={one.kept} />}
              </td>
              <td data-end>{one.kept}</td>
              <td data-end>{one.late}</td>
              <td data-end>{one.failed}</td>
              <td data-end className="bo-wide-only">
                {one.open}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
