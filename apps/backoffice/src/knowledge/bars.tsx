import { BarChart } from '@mantine/charts'
import '@mantine/charts/styles.css'

type Series = { name: string; label: string; color: string }

/**
 * Bars beside each other, or on each other. What they say is said in words beside them (`BarsFigure`), so the drawing
 * itself is passed over by readers and the keyboard.
 */
export function Bars(props: {
  data: readonly Record<string, string | number>[]
  by: string
  series: readonly Series[]
  stacked: boolean
  format: (value: number) => string
}) {
  const { data, by, series, stacked, format } = props
  return (
    <BarChart
      h={240}
      data={[...data]}
      dataKey={by}
      type={stacked ? 'stacked' : 'default'}
      series={[...series]}
      withLegend={series.length > 1}
      gridAxis="x"
      tickLine="none"
      valueFormatter={format}
      maxBarWidth={42}
      textColor="var(--color-muted)"
      gridColor="var(--color-line)"
      barChartProps={{ accessibilityLayer: false }}
      barProps={{ isAnimationActive: false }}
    />
  )
}
