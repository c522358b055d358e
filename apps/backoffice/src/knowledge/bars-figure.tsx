import { lazy, Suspense } from 'react'
import { Skeleton } from '@mantine/core'
import { useT } from '../app/i18n.ts'
import { FigureTable } from '../common/figure-table.tsx'
import { Disclosure } from '../common/disclosure.tsx'

const Bars = lazy(() => import('./bars.tsx').then((module) => ({ default: module.Bars })))

type Row = Record<string, string | number>

/** A plot with its figures as a table below, for those who read rather than look; the plot's code comes when it is needed. */
export function BarsFigure(props: {
  title: string
  data: readonly Row[]
  by: { name: string; label: string }
  series: readonly { name: string; label: string; color: string }[]
  stacked?: boolean
  format: (value: number) => string
}) {
  const t = useT()
  const { title, data, by, series, stacked = false, format } = props
  return (
    <figure className="bo-chart" aria-label={title}>
      <div aria-hidden>
        <Suspense fallback={<Skeleton height={240} />}>
          <Bars data={data} by={by.name} series={series} stacked={stacked} format={format} />
        </Suspense>
      </div>
      <Disclosure label={t('knowledge.figures')}>
        <FigureTable label={title} narrow>
          <thead>
            <tr>
              <th scope="col">{by.label}</th>
              {series.map(({ name, label }) => (
                <th scope="col" key={name}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.map((row) => (
              <tr key={row[by.name]}>
                <th scope="row">{row[by.name]}</th>
                {series.map(({ name }) => (
                  <td key={name}>{format(Number(row[name] ?? 0))}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </FigureTable>
      </Disclosure>
    </figure>
  )
}
