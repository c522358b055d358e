import type { OutletComparison, OutletNetworkView } from '@ecluse/contracts/outlets.ts'
import { franceLines } from '@ecluse/ui/drawing/france.ts'
import { useT } from '../../app/i18n.ts'
import { placeProjection } from '../../common/place-projection.ts'
import { PlotSvg } from '../../today/plot-svg.tsx'
import { useOutletWords } from './outlet-words.ts'

const height = 460
const margin = 26
const largest = 18
/** About a town and what is around it. */
const leastDegrees = 0.2

type Props = { comparison: OutletComparison; network: OutletNetworkView }

/** Where people buy, the outlets of a network, and from where each draws: a line leads from every area to the outlet it goes to most. */
export function OutletsPlan({ comparison, network }: Props) {
  const t = useT()
  return (
    <>
      <ul className="bo-plot-legend bo-outlets-legend">
        {(['taken', 'left', 'area'] as const).map((name) => (
          <li key={name}>
            <i data-mark={name} aria-hidden />
            {t(`outlets.legend.${name}`)}
          </li>
        ))}
      </ul>
      <PlotSvg height={height} label={t('outlets.map')}>
        {(width) => <Plan comparison={comparison} network={network} width={width} />}
      </PlotSvg>
    </>
  )
}

function Plan({ comparison: { areas, outlets }, network, width }: Props & { width: number }) {
  const t = useT()
  const w = useOutletWords()
  const place = placeProjection([...areas, ...outlets], { width, height, margin, least: leastDegrees })
  const most = Math.max(1e-9, ...areas.map(({ spend }) => spend))
  const line = (points: readonly (readonly [number, number])[]) =>
    points
      .map(([latitude, longitude]) => place({ latitude, longitude }))
      .map(({ x, y }) => `${x},${y}`)
      .join(' ')
  return (
    <>
      {franceLines.land.map((land, at) => (
        <polygon key={at} points={line(land)} className="bo-outlets-land" />
      ))}
      {franceLines.rivers.map((river, at) => (
        <polyline key={at} points={line(river)} className="bo-outlets-river" />
      ))}
      {areas.map((area, at) => {
        const { outlet } = network.areas[at] ?? { outlet: null }
        const goal = outlet === null ? undefined : outlets[outlet]
        if (!goal) return null
        const [from, to] = [place(area), place(goal)]
        return <line key={at} x1={from.x} y1={from.y} x2={to.x} y2={to.y} className="bo-outlets-draw" />
      })}
      {areas.map((area, at) => {
        const { outlet, share } = network.areas[at] ?? { outlet: null, share: 0 }
        const { x, y } = place(area)
        const goal = outlet === null ? undefined : outlets[outlet]
        return (
          <circle
            key={at}
            cx={x}
            cy={y}
            r={Math.max(2.5, largest * Math.sqrt(area.spend / most))}
            className="bo-outlets-area"
          >
            <title>
              {goal
                ? t('outlets.areaGoes', {
                    area: `${area.postalCode} ${area.name}`,
                    spend: w.money(area.spend),
                    outlet: goal.name,
                    share: w.share(share),
                  })
                : t('outlets.areaAlone', { area: `${area.postalCode} ${area.name}`, spend: w.money(area.spend) })}
            </title>
          </circle>
        )
      })}
      {outlets.map(({ name, ...at }) => {
        const { x, y } = place(at)
        const number = network.outlets.findIndex(({ outlet }) => outlet === name)
        return (
          <g key={name} className="bo-outlets-mark" data-taken={number >= 0 || undefined}>
            <title>{name}</title>
            {number >= 0 ? <circle cx={x} cy={y} r={11} /> : <rect x={x - 5} y={y - 5} width={10} height={10} />}
            {number >= 0 && (
              <text x={x} y={y} textAnchor="middle" dominantBaseline="central">
                {number + 1}
              </text>
            )}
          </g>
        )
      })}
    </>
  )
}
