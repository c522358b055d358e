import { NumberInput, SegmentedControl, Select } from '@mantine/core'
import type { Circuit, CircuitsBody, CircuitsComparison } from '@ecluse/contracts/circuits.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { FigureTable } from '../../common/figure-table.tsx'
import { WithFormula } from '../../insights/formula.tsx'
import { Plot } from '../../today/plot.tsx'
import { EurosInput } from '../euros-input.tsx'
import { Judged, useJudged } from '../judged.tsx'
import { PercentInput } from '../percent-input.tsx'
import { useCircuitWords } from './circuit-words.ts'
import { KeptQuestion } from './kept-question.tsx'
import { PriceBars } from './price-bars.tsx'

/** An ordinary article, to be judged. */
const start: CircuitsBody = {
  price: 100,
  quantity: 1_000,
  elasticity: 2,
  shape: 'linear',
  costs: { maker: 40, direct: 14, agent: 3, wholesaler: 5, group: 12, retailer: 10 },
  retailerShare: 0.5,
  leaveOut: { takenOverBy: 'maker', unitCost: 4, fixedCost: 500, demandFactor: 0.95 },
}

/** What each stage adds to the price, five circuits side by side, contracts that repair it, and one stage fewer. */
export function BuildUpTab() {
  return (
    <KeptQuestion kind="circuits" start={start}>
      {(fields) => <BuildUp {...fields} />}
    </KeptQuestion>
  )
}

function BuildUp({ given, set }: Fields) {
  const query = useJudged('build-up', given, (body) => call(endpoints.compareCircuits, { body }))
  return (
    <div className="bo-stack">
      <Judged query={query}>
        {(comparison) => (
          <>
            <Prices circuits={comparison.circuits} />
            <Lost circuits={comparison.circuits} />
            <Contracts comparison={comparison} />
            <LeftOut comparison={comparison} />
          </>
        )}
      </Judged>
      <Given given={given} set={set} />
    </div>
  )
}

type Fields = { given: CircuitsBody; set: (patch: Partial<CircuitsBody>) => void }

function Given({ given, set }: Fields) {
  const t = useT()
  const { costs } = given
  return (
    <Card title={t('circuits.given')}>
      <p className="bo-line bo-quiet">{t('circuits.given.help')}</p>
      <div className="bo-scenario-fields">
        <DemandFields given={given} set={set} />
        {(['maker', 'direct', 'agent', 'wholesaler', 'group', 'retailer'] as const).map((name) => (
          <EurosInput
            key={name}
            label={t(`circuits.cost.${name}`)}
            value={costs[name]}
            onChange={(value) => set({ costs: { ...costs, [name]: value } })}
          />
        ))}
        <PercentInput
          label={t('circuits.retailerShare')}
          min={0.01}
          value={given.retailerShare}
          onChange={(value) => value !== '' && set({ retailerShare: value })}
        />
        <LeaveOutFields given={given} set={set} />
      </div>
    </Card>
  )
}

/** What consumers buy, at which price, and how they answer to another. */
function DemandFields({ given, set }: Fields) {
  const t = useT()
  return (
    <>
      <EurosInput label={t('circuits.price')} value={given.price} onChange={(price) => set({ price })} />
      <NumberInput
        label={t('circuits.quantity')}
        min={0}
        value={given.quantity}
        onChange={(next) => typeof next === 'number' && set({ quantity: next })}
      />
      <NumberInput
        label={t('circuits.elasticity')}
        min={0}
        step={0.1}
        value={given.elasticity}
        onChange={(next) => typeof next === 'number' && set({ elasticity: next })}
      />
      <SegmentedControl
        aria-label={t('circuits.shape')}
        data={(['linear', 'constant_elasticity'] as const).map((value) => ({
          value,
          label: t(`circuits.shape.${value}`),
        }))}
        value={given.shape}
        onChange={(value) => set({ shape: value === 'linear' ? 'linear' : 'constant_elasticity' })}
      />
    </>
  )
}

/** Who does the wholesaler's work once it is gone, and what that costs. */
function LeaveOutFields({ given: { leaveOut }, set }: Fields) {
  const t = useT()
  const change = (patch: Partial<CircuitsBody['leaveOut']>) => set({ leaveOut: { ...leaveOut, ...patch } })
  return (
    <>
      <Select
        label={t('circuits.takenOverBy')}
        allowDeselect={false}
        data={(['maker', 'retailer'] as const).map((value) => ({ value, label: t(`circuits.role.${value}`) }))}
        value={leaveOut.takenOverBy}
        onChange={(value) => change({ takenOverBy: value === 'retailer' ? 'retailer' : 'maker' })}
      />
      <EurosInput
        label={t('circuits.workCost')}
        value={leaveOut.unitCost}
        onChange={(unitCost) => change({ unitCost })}
      />
      <EurosInput
        label={t('circuits.workFixed')}
        value={leaveOut.fixedCost}
        onChange={(fixedCost) => change({ fixedCost })}
      />
      <PercentInput
        label={t('circuits.demandLeft')}
        min={0.01}
        max={5}
        value={leaveOut.demandFactor}
        onChange={(value) => value !== '' && change({ demandFactor: value })}
      />
    </>
  )
}

function Prices({ circuits }: { circuits: readonly Circuit[] }) {
  const t = useT()
  const w = useCircuitWords()
  const [best] = circuits.toSorted((a, b) => a.price - b.price)
  const [richest] = circuits.toSorted((a, b) => (b.stages[0]?.profit ?? 0) - (a.stages[0]?.profit ?? 0))
  return (
    <Plot
      question={t('circuits.prices')}
      answer={t('circuits.prices.answer', {
        cheapest: w.kind(best?.kind),
        price: w.price(best?.price),
        richest: w.kind(richest?.kind),
      })}
      file={t('circuits.prices.file')}
      table={[
        [
          t('circuits.circuit'),
          t('circuits.stage'),
          t('circuits.buysAt'),
          t('circuits.stageCost'),
          t('circuits.stageMargin'),
          t('circuits.sellsAt'),
          t('circuits.stageProfit'),
        ],
        ...circuits.flatMap(({ kind, stages }) =>
          stages.map((one) => [
            w.kind(kind),
            w.role(one.role, kind),
            w.price(one.buysAt),
            w.price(one.unitCost),
            w.price(one.margin),
            w.price(one.sellsAt),
            w.sum(one.profit),
          ]),
        ),
      ]}
    >
      <PriceBars circuits={circuits} />
    </Plot>
  )
}

/** What every circuit comes to. */
function OutcomeHeads() {
  const t = useT()
  return (['circuit', 'price', 'sold', 'together'] as const).map((name) => (
    <th key={name} scope="col">
      {t(`circuits.${name}`)}
    </th>
  ))
}

function OutcomeCells({ name, of }: { name: string; of: Pick<Circuit, 'price' | 'quantity' | 'profit'> }) {
  const w = useCircuitWords()
  return (
    <>
      <th scope="row">{name}</th>
      <td>{w.price(of.price)}</td>
      <td>{w.count(of.quantity)}</td>
      <td>{w.sum(of.profit)}</td>
    </>
  )
}

/** What the margins of several deciders lose beside one who decides everything. */
function Lost({ circuits }: { circuits: readonly Circuit[] }) {
  const t = useT()
  const w = useCircuitWords()
  return (
    <Card title={t('circuits.lost')}>
      <p className="bo-line bo-quiet">{t('circuits.lost.help')}</p>
      <FigureTable label={t('circuits.lost')}>
        <thead>
          <tr>
            <OutcomeHeads />
            <th scope="col">
              <WithFormula name={t('circuits.oneDecider')} formula={t('circuits.oneDecider.formula')} />
            </th>
            <th scope="col">{t('circuits.lostShort')}</th>
          </tr>
        </thead>
        <tbody>
          {circuits.map((one) => (
            <tr key={one.kind}>
              <OutcomeCells name={w.kind(one.kind)} of={one} />
              <td>{t('circuits.at', { sum: w.sum(one.integratedProfit), price: w.price(one.integratedPrice) })}</td>
              <td>{w.sum(one.integratedProfit - one.profit)}</td>
            </tr>
          ))}
        </tbody>
      </FigureTable>
    </Card>
  )
}

function Contracts({ comparison: { contracts, circuits } }: { comparison: CircuitsComparison }) {
  const t = useT()
  const w = useCircuitWords()
  const short = circuits.find(({ kind }) => kind === 'short')
  return (
    <Card title={t('circuits.contracts')}>
      <p className="bo-line bo-quiet">{t('circuits.contracts.help')}</p>
      <FigureTable label={t('circuits.contracts')}>
        <thead>
          <tr>
            <th scope="col">{t('circuits.contract')}</th>
            <th scope="col">{t('circuits.wholesalePrice')}</th>
            <th scope="col">{t('circuits.terms')}</th>
            <th scope="col">{t('circuits.price')}</th>
            <th scope="col">{t('circuits.makerProfit')}</th>
            <th scope="col">{t('circuits.retailerProfit')}</th>
          </tr>
        </thead>
        <tbody>
          {short && (
            <tr>
              <th scope="row">{t('circuits.contract.none')}</th>
              <td>{w.price(short.stages[0]?.sellsAt)}</td>
              <td>–</td>
              <td>{w.price(short.price)}</td>
              <td>{w.sum(short.stages[0]?.profit)}</td>
              <td>{w.sum(short.stages[1]?.profit)}</td>
            </tr>
          )}
          {contracts.map((one) => (
            <tr key={one.kind}>
              <th scope="row">
                <WithFormula
                  name={t(`circuits.contract.${one.kind}`)}
                  formula={t(`circuits.contract.${one.kind}.formula`)}
                />
              </th>
              <td>{w.price(one.wholesalePrice)}</td>
              <td>
                {one.fee !== null && t('circuits.fee', { fee: w.sum(one.fee) })}
                {one.ceiling !== null && t('circuits.ceiling', { price: w.price(one.ceiling) })}
                {one.kind === 'revenue_share' && t('circuits.shared')}
              </td>
              <td>{w.price(one.price)}</td>
              <td>{w.sum(one.makerProfit)}</td>
              <td>{w.sum(one.retailerProfit)}</td>
            </tr>
          ))}
        </tbody>
      </FigureTable>
    </Card>
  )
}

function LeftOut({ comparison: { leftOut } }: { comparison: CircuitsComparison }) {
  const t = useT()
  const w = useCircuitWords()
  const { before, after, gain, breakEvenUnitCost } = leftOut
  return (
    <Card title={t('circuits.leftOut')}>
      <p className="bo-line">
        {t(gain >= 0 ? 'circuits.leftOut.pays' : 'circuits.leftOut.costs', { gain: w.sum(Math.abs(gain)) })}{' '}
        {breakEvenUnitCost === null
          ? t('circuits.leftOut.never')
          : t('circuits.leftOut.until', { cost: w.price(breakEvenUnitCost) })}
      </p>
      <FigureTable label={t('circuits.leftOut')} narrow>
        <thead>
          <tr>
            <OutcomeHeads />
            <th scope="col">
              <WithFormula name={t('circuits.surplus')} formula={t('circuits.surplus.formula')} />
            </th>
          </tr>
        </thead>
        <tbody>
          {(
            [
              ['with', before],
              ['without', after],
            ] as const
          ).map(([name, one]) => (
            <tr key={name}>
              <OutcomeCells name={t(`circuits.leftOut.${name}`)} of={one} />
              <td>{w.sum(one.consumerSurplus)}</td>
            </tr>
          ))}
        </tbody>
      </FigureTable>
    </Card>
  )
}
