import { useState } from 'react'
import { Button, Group, NumberInput, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { YieldAnswer, YieldBody } from '@ecluse/contracts/yield.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { FigureTable } from '../../common/figure-table.tsx'
import { WithFormula } from '../../insights/formula.tsx'
import { EurosInput } from '../euros-input.tsx'
import { Judged, useJudged } from '../judged.tsx'
import { PercentInput } from '../percent-input.tsx'
import { useAmounts } from '../scenarios/amounts.ts'
import { BarDrawing } from '../scenarios/plots.tsx'

const mostClasses = 8

/** Few places at several prices: how many to keep for those who pay more, and how many to sell in all. */
export function PlacesTab() {
  const t = useT()
  const [given, setGiven] = useState<YieldBody>(() => ({
    capacity: 20,
    classes: [
      { name: t('places.early'), fare: 40, mean: 18, deviation: 5 },
      { name: t('places.late'), fare: 65, mean: 8, deviation: 3 },
    ],
    showRate: 0.92,
    keptOfNoShow: 0.5,
    deniedCost: 150,
  }))
  const query = useJudged('yield', given, (body) => call(endpoints.judgeYield, { body }))
  const set = (patch: Partial<YieldBody>) => setGiven((now) => ({ ...now, ...patch }))
  return (
    <div className="bo-stack">
      <Judged query={query}>{(answer) => <Kept answer={answer} capacity={given.capacity} />}</Judged>
      <Card title={t('places.given')}>
        <p className="bo-line bo-quiet">{t('places.given.help')}</p>
        <div className="bo-stack">
          <Terms given={given} set={set} />
          <Classes given={given} set={set} />
        </div>
      </Card>
    </div>
  )
}

function Kept({ answer: { classes, revenue, overbooking }, capacity }: { answer: YieldAnswer; capacity: number }) {
  const t = useT()
  const { money, number, share } = useAmounts()
  const [dearest] = classes
  const more = revenue.firstCome > 0 ? revenue.best / revenue.firstCome - 1 : null
  return (
    <Card title={t('places.kept')}>
      <p className="bo-line">
        {t('places.answer', { kept: dearest?.kept ?? 0, name: dearest?.name ?? '', capacity, more: share(more) })}{' '}
        {overbooking === null
          ? t('places.noLimit')
          : t('places.overbooking', { limit: overbooking.limit, denied: number(overbooking.denied, 2) })}
      </p>
      <BarDrawing
        label={t('places.revenue')}
        rows={(['firstCome', 'emsrB', 'best'] as const).map((rule) => ({
          label: t(`places.rule.${rule}`),
          from: 0,
          to: revenue[rule],
          told: money(revenue[rule]),
        }))}
      />
      <FigureTable label={t('places.kept')} narrow>
        <thead>
          <tr>
            <th scope="col">{t('places.class')}</th>
            <th scope="col">{t('places.fare')}</th>
            <th scope="col">
              <WithFormula name={t('places.emsrB')} formula={t('places.emsrB.formula')} />
            </th>
            <th scope="col">
              <WithFormula name={t('places.best')} formula={t('places.best.formula')} />
            </th>
            <th scope="col">
              <WithFormula name={t('places.limit')} formula={t('places.limit.formula')} />
            </th>
          </tr>
        </thead>
        <tbody>
          {classes.map(({ name, fare, emsrB, kept, limit }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{money(fare)}</td>
              <td>{number(emsrB, 1)}</td>
              <td>{kept}</td>
              <td>{limit}</td>
            </tr>
          ))}
        </tbody>
      </FigureTable>
    </Card>
  )
}

type Fields = { given: YieldBody; set: (patch: Partial<YieldBody>) => void }

function Terms({ given, set }: Fields) {
  const t = useT()
  return (
    <div className="bo-scenario-fields">
      <NumberInput
        label={t('places.capacity')}
        min={1}
        max={500}
        allowDecimal={false}
        value={given.capacity}
        onChange={(value) => typeof value === 'number' && set({ capacity: value })}
      />
      <PercentInput
        label={t('places.showRate')}
        min={0.01}
        value={given.showRate}
        onChange={(value) => value !== '' && set({ showRate: value })}
      />
      <PercentInput
        label={t('places.keptOfNoShow')}
        value={given.keptOfNoShow}
        onChange={(value) => value !== '' && set({ keptOfNoShow: value })}
      />
      <EurosInput
        label={t('places.deniedCost')}
        value={given.deniedCost}
        onChange={(deniedCost) => set({ deniedCost })}
      />
    </div>
  )
}

function Classes({ given: { classes }, set }: Fields) {
  const t = useT()
  const change = (at: number, patch: Partial<YieldBody['classes'][number]>) =>
    set({ classes: classes.map((one, nth) => (nth === at ? { ...one, ...patch } : one)) })
  return (
    <>
      {classes.map((one, at) => (
        <fieldset key={at} className="bo-places-class">
          <legend>{t('places.classOf', { number: at + 1 })}</legend>
          <div className="bo-scenario-fields">
            <TextInput
              label={t('places.class')}
              value={one.name}
              onChange={({ currentTarget: { value } }) => change(at, { name: value })}
            />
            <EurosInput label={t('places.fare')} value={one.fare} onChange={(fare) => change(at, { fare })} />
            {(['mean', 'deviation'] as const).map((name) => (
              <NumberInput
                key={name}
                label={t(`places.${name}`)}
                min={0}
                value={one[name]}
                onChange={(value) => typeof value === 'number' && change(at, { [name]: value })}
              />
            ))}
            {classes.length > 2 && (
              <Button
                variant="default"
                leftSection={<IconTrash size={14} aria-hidden />}
                aria-label={t('places.removeOf', { name: one.name })}
                onClick={() => set({ classes: classes.filter((_, nth) => nth !== at) })}
              >
                {t('places.remove')}
              </Button>
            )}
          </div>
        </fieldset>
      ))}
      <Group>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={classes.length >= mostClasses}
          onClick={() =>
            set({
              classes: [
                ...classes,
                { name: t('places.classOf', { number: classes.length + 1 }), fare: 50, mean: 5, deviation: 2 },
              ],
            })
          }
        >
          {t('places.add')}
        </Button>
      </Group>
    </>
  )
}
