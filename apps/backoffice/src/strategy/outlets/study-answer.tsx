import { useState } from 'react'
import { SegmentedControl } from '@mantine/core'
import {
  outletLimits,
  outletPolicies,
  type OutletComparison,
  type OutletNetworkView,
  type OutletPolicy,
  type OutletQuestion,
} from '@ecluse/contracts/outlets.ts'
import { useT } from '../../app/i18n.ts'
import { FigureTable } from '../../common/figure-table.tsx'
import { WithFormula } from '../../insights/formula.tsx'
import { Plot } from '../../today/plot.tsx'
import { BarDrawing } from '../scenarios/plots.tsx'
import { EligibilityCard } from './eligibility-card.tsx'
import { useOutletWords } from './outlet-words.ts'
import { OutletsPlan } from './outlets-plan.tsx'

type Props = { comparison: OutletComparison; question: OutletQuestion }

/** Three policies side by side, one of them on the map, what one outlet more brings, and who is admitted. */
export function StudyAnswer({ comparison, question }: Props) {
  const [policy, setPolicy] = useState<OutletPolicy>('selective')
  const network = comparison.networks.find((one) => one.policy === policy)
  return (
    <>
      <Policies comparison={comparison} />
      {network && <OnTheMap comparison={comparison} network={network} onPolicy={setPolicy} />}
      <OneMore comparison={comparison} />
      <EligibilityCard judged={comparison.judged} criteria={question.criteria} />
    </>
  )
}

function Policies({ comparison: { networks, unplaced } }: { comparison: OutletComparison }) {
  const t = useT()
  const w = useOutletWords()
  const rows = [
    ['count', ({ count }: OutletNetworkView) => w.number(count)],
    ['coverage', ({ coverage }: OutletNetworkView) => w.share(coverage)],
    ['overlap', ({ overlap }: OutletNetworkView) => w.number(overlap, 2)],
    ['sales', ({ sales }: OutletNetworkView) => w.money(sales)],
    ['salesPerOutlet', ({ salesPerOutlet }: OutletNetworkView) => w.money(salesPerOutlet)],
    ['lost', ({ lost }: OutletNetworkView) => w.money(lost)],
    ['image', ({ image }: OutletNetworkView) => w.number(image, 1)],
    ['priceDiscipline', ({ priceDiscipline }: OutletNetworkView) => w.share(priceDiscipline)],
    ['cost', ({ cost }: OutletNetworkView) => w.money(cost)],
  ] as const
  const names = networks.map(({ policy }) => t(`outlets.policy.${policy}`))
  return (
    <Plot
      question={t('outlets.policies')}
      answer={[
        ...networks.map(({ policy, count, coverage, salesPerOutlet }) =>
          t(`outlets.policies.${policy}`, { count, coverage: w.share(coverage), each: w.money(salesPerOutlet) }),
        ),
        ...(unplaced.areas > 0
          ? [t('outlets.unplaced', { areas: unplaced.areas, spend: w.money(unplaced.spend) })]
          : []),
      ].join(' ')}
      file={t('outlets.policies.file')}
      table={[
        [t('outlets.figureName'), ...names],
        ...rows.map(([name, told]) => [t(`outlets.${name}`), ...networks.map((network) => told(network))]),
      ]}
    >
      <FigureTable label={t('outlets.policies')}>
        <thead>
          <tr>
            <th scope="col">{t('outlets.figureName')}</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, told]) => (
            <tr key={name}>
              <th scope="row">
                <WithFormula name={t(`outlets.${name}`)} formula={t(`outlets.${name}.formula`)} />
              </th>
              {networks.map((network) => (
                <td key={network.policy}>{told(network)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </FigureTable>
    </Plot>
  )
}

function OnTheMap({
  comparison,
  network,
  onPolicy,
}: {
  comparison: OutletComparison
  network: OutletNetworkView
  onPolicy: (policy: OutletPolicy) => void
}) {
  const t = useT()
  const w = useOutletWords()
  const { policy, count, coverage, lost, outlets } = network
  const figures = ['sales', 'share', 'within', 'contested'] as const
  const told = (one: OutletNetworkView['outlets'][number]) =>
    figures.map((figure) => (figure === 'sales' ? w.money(one.sales) : w.share(one[figure])))
  const heads = figures.map((figure) => t(`outlets.of.${figure}`))
  return (
    <Plot
      question={t('outlets.map')}
      answer={t('outlets.map.answer', { count, coverage: w.share(coverage), lost: w.money(lost) })}
      file={t('outlets.map.file')}
      table={[[t('outlets.outlet'), ...heads], ...outlets.map((one) => [one.outlet, ...told(one)])]}
    >
      <SegmentedControl
        aria-label={t('outlets.policy')}
        data={outletPolicies.map((value) => ({ value, label: t(`outlets.policy.${value}`) }))}
        value={policy}
        onChange={onPolicy}
      />
      <OutletsPlan comparison={comparison} network={network} />
      {outlets.length > 0 && (
        <FigureTable label={t('outlets.map')}>
          <thead>
            <tr>
              <th scope="col">{t('outlets.outlet')}</th>
              {figures.map((figure) => (
                <th key={figure} scope="col">
                  <WithFormula name={t(`outlets.of.${figure}`)} formula={t(`outlets.of.${figure}.formula`)} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {outlets.map((one, at) => (
              <tr key={one.outlet}>
                <th scope="row">{`${at + 1}. ${one.outlet}`}</th>
                {told(one).map((cell, nth) => (
                  <td key={nth}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </FigureTable>
      )}
    </Plot>
  )
}

/** What one outlet more brings to a selective network, up to where it brings nothing. */
function OneMore({ comparison: { curve, judged } }: { comparison: OutletComparison }) {
  const t = useT()
  const w = useOutletWords()
  const some = curve.filter(({ count }) => count > 0)
  const last = some.at(-1)
  const half = some.find(({ coverage }) => coverage >= (last?.coverage ?? 0) / 2)
  if (!last || !half) return null
  const admitted = judged.filter((one) => one.admitted).length
  // The curve ends where one more is taken no longer, or where there is none left to take.
  const enough = last.most < Math.min(outletLimits.curve, admitted)
  return (
    <Plot
      question={t('outlets.more')}
      answer={t(enough ? 'outlets.more.enough' : 'outlets.more.answer', {
        half: half.count,
        covered: w.share(half.coverage),
        last: last.count,
        coverage: w.share(last.coverage),
      })}
      file={t('outlets.more.file')}
      table={[
        [t('outlets.count'), t('outlets.coverage'), t('outlets.sales'), t('outlets.cost')],
        ...some.map((one) => [one.count, w.share(one.coverage), w.money(one.sales), w.money(one.cost)]),
      ]}
    >
      <BarDrawing
        label={t('outlets.more')}
        rows={some.map(({ count, coverage, cost }) => ({
          label: t('outlets.howMany', { count }),
          from: 0,
          to: coverage,
          told: t('outlets.more.told', { coverage: w.share(coverage), cost: w.money(cost) }),
        }))}
      />
    </Plot>
  )
}
