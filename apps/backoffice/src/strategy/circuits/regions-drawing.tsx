import { regionStates, type DirectChannelAnswer } from '@ecluse/contracts/circuits.ts'
import { useT } from '../../app/i18n.ts'
import { PlotSvg } from '../../today/plot-svg.tsx'
import { useAmounts } from '../scenarios/amounts.ts'

const height = 300
const margin = { top: 8, right: 12, bottom: 40, left: 64 }

type Regions = DirectChannelAnswer['regions']

/** Markets by their growth and the share of partners, each as it would be judged, and where the firm is. */
export function RegionsDrawing({ regions, at }: { regions: Regions; at: { growth: number; partnerShare: number } }) {
  const t = useT()
  return (
    <>
      <ul className="bo-plot-legend bo-regions-legend">
        {regionStates.map((state) => (
          <li key={state}>
            <i data-state={state} aria-hidden />
            {t(`circuits.region.${state}`)}
          </li>
        ))}
        <li>
          <i data-state="here" aria-hidden />
          {t('circuits.here')}
        </li>
      </ul>
      <PlotSvg height={height} label={t('circuits.regions')}>
        {(width) => <Field regions={regions} at={at} width={width} />}
      </PlotSvg>
    </>
  )
}

function Field({
  regions,
  at,
  width,
}: {
  regions: Regions
  at: { growth: number; partnerShare: number }
  width: number
}) {
  const t = useT()
  const { share } = useAmounts()
  const growths = [...new Set(regions.map(({ growth }) => growth))]
  const shares = [...new Set(regions.map(({ partnerShare }) => partnerShare))]
  const [first = 0, last = 1] = [growths[0], growths.at(-1)]
  const cell = (width - margin.left - margin.right) / growths.length
  const row = (height - margin.top - margin.bottom) / shares.length
  const within = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value))
  const x = (growth: number) =>
    margin.left +
    cell / 2 +
    ((within(growth, first, last) - first) / (last - first)) * (width - margin.left - margin.right - cell)
  const y = (partnerShare: number) =>
    height - margin.bottom - row / 2 - within(partnerShare, 0, 1) * (height - margin.top - margin.bottom - row)
  const every = width < 520 ? 4 : 2
  return (
    <>
      {regions.map(({ growth, partnerShare, state }) => (
        <rect
          key={`${growth} ${partnerShare}`}
          className="bo-region"
          data-state={state}
          x={x(growth) - cell / 2}
          y={y(partnerShare) - row / 2}
          width={cell - 1}
          height={row - 1}
        />
      ))}
      {growths.map((growth, nth) =>
        nth % every === 0 ? (
          <text key={growth} x={x(growth)} y={height - margin.bottom + 16} textAnchor="middle" className="bo-plot-tick">
            {share(growth)}
          </text>
        ) : null,
      )}
      {shares.map((one, nth) =>
        nth % 2 === 0 ? (
          <text key={one} x={margin.left - 8} y={y(one) + 4} textAnchor="end" className="bo-plot-tick">
            {share(one)}
          </text>
        ) : null,
      )}
      <text x={width - margin.right} y={height - 6} textAnchor="end" className="bo-plot-tick">
        {t('circuits.axes')}
      </text>
      <circle cx={x(at.growth)} cy={y(at.partnerShare)} r={7} className="bo-region-here" />
    </>
  )
}
