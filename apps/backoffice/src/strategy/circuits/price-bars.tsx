import type { Circuit } from '@ecluse/contracts/circuits.ts'
import { useT } from '../../app/i18n.ts'
import { useCircuitWords } from './circuit-words.ts'

/** The price of each circuit as a bar, parted into what each stage spends and keeps. */
export function PriceBars({ circuits }: { circuits: readonly Circuit[] }) {
  const t = useT()
  const w = useCircuitWords()
  const most = Math.max(...circuits.map(({ price }) => price))
  return (
    <>
      <ul className="bo-plot-legend bo-regions-legend">
        <li>
          <i data-part="cost" aria-hidden />
          {t('circuits.stageCost')}
        </li>
        <li>
          <i data-part="margin" aria-hidden />
          {t('circuits.stageMargin')}
        </li>
      </ul>
      <ul className="bo-price-bars" aria-label={t('circuits.prices')}>
        {circuits.map(({ kind, stages, price }) => (
          <li key={kind}>
            <span>{w.kind(kind)}</span>
            <span className="bo-price-bar" aria-hidden>
              {stages.flatMap((stage) => [
                <i
                  key={`${stage.role} cost`}
                  data-part="cost"
                  style={{ inlineSize: `${(stage.unitCost / most) * 100}%` }}
                />,
                <i
                  key={`${stage.role} margin`}
                  data-part="margin"
                  style={{ inlineSize: `${(stage.margin / most) * 100}%` }}
                />,
              ])}
            </span>
            <strong>{w.price(price)}</strong>
            <span className="bo-quiet">
              {stages
                .map((stage) =>
                  t('circuits.stage.told', { stage: w.role(stage.role, kind), margin: w.price(stage.margin) }),
                )
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
