import { useState, type FormEvent } from 'react'
import { Button, NumberInput, SegmentedControl } from '@mantine/core'
import type { ChannelGrid, GridConstraint, MixQuestionBody, PricedMixAnswer } from '@ecluse/contracts/channel-grid.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { FormProblem } from '../../common/form-problem.tsx'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { FigureTable } from '../../common/figure-table.tsx'
import { useChannelName } from '../../network/use-channels.ts'
import { useGridWords } from './grid-words.ts'

type Wanted = 'free' | 'required' | 'excluded'
type Value = 'contribution' | 'score'

/** Which channels to run together for a budget, and what each constraint costs. */
export function MixCard({ grid }: { grid: ChannelGrid }) {
  const t = useT()
  const [channels, setChannels] = useState<MixQuestionBody['channels']>(grid.mix.channels)
  const [wanted, setWanted] = useState<Readonly<Record<string, Wanted>>>({})
  const [limits, setLimits] = useState<LimitValues>({ budget: null, most: '', reach: '' })
  const constraintsOf = useConstraints(channels, wanted)
  const [value, setValue] = useState<Value>('contribution')
  const solve = useAct({
    act: (body: MixQuestionBody) => call(endpoints.solveChannelMix, { body }),
    touches: [],
    quiet: true,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const constraints = constraintsOf(limits)
    const totalOf = (channel: string) => grid.totals.find((one) => one.channel === channel)?.total ?? 0
    solve.mutate({
      channels: channels.map((one) => ({ ...one, value: value === 'score' ? totalOf(one.channel) : one.value })),
      overlaps: grid.mix.overlaps,
      constraints,
    })
  }
  const change = (channel: string, costMinor: number | null) =>
    setChannels(channels.map((one) => (one.channel === channel ? { ...one, costMinor: costMinor ?? 0 } : one)))
  return (
    <Card title={t('grid.mix')}>
      <form className="bo-stack" onSubmit={submit}>
        <p className="bo-line bo-quiet">{t('grid.mix.help')}</p>
        <SegmentedControl
          aria-label={t('grid.mix.value')}
          w="fit-content"
          data={(['contribution', 'score'] as const).map((one) => ({ value: one, label: t(`grid.mix.value.${one}`) }))}
          value={value}
          onChange={(next) => setValue(next === 'score' ? 'score' : 'contribution')}
        />
        <Limits limits={limits} onChange={setLimits} />
        <MixTable
          grid={grid}
          channels={channels}
          value={value}
          wanted={wanted}
          onCost={change}
          onWanted={(channel, next) => setWanted({ ...wanted, [channel]: next })}
        />
        <FormProblem error={solve.error} />
        <Button type="submit" w="fit-content" loading={solve.isPending}>
          {t('grid.mix.solve')}
        </Button>
      </form>
      {solve.data && <MixFound mix={solve.data} byScore={value === 'score'} />}
    </Card>
  )
}

type LimitValues = { budget: number | null; most: number | ''; reach: number | '' }

/** What the mix must keep to, each by the name the answer tells it by. */
function useConstraints(channels: MixQuestionBody['channels'], wanted: Readonly<Record<string, Wanted>>) {
  const t = useT()
  const channelName = useChannelName()
  return ({ budget, most, reach }: LimitValues): GridConstraint[] => [
    ...(budget === null ? [] : [{ name: t('grid.mix.budget'), kind: 'budget' as const, most: budget }]),
    ...(most === '' ? [] : [{ name: t('grid.mix.most'), kind: 'count' as const, most }]),
    ...(reach === ''
      ? []
      : [{ name: t('grid.mix.reach'), kind: 'reach' as const, target: 'customers' as const, least: reach / 100 }]),
    ...channels.flatMap(({ channel }): GridConstraint[] => {
      const kind = wanted[channel] ?? 'free'
      return kind === 'free'
        ? []
        : [{ name: t(`grid.mix.${kind}Of`, { channel: channelName(channel) }), kind, channel }]
    }),
  ]
}

function Limits({ limits, onChange }: { limits: LimitValues; onChange: (limits: LimitValues) => void }) {
  const t = useT()
  return (
    <div className="bo-grid-weights">
      <MoneyInput
        label={t('grid.mix.budget')}
        max={10_000_000_000}
        value={limits.budget}
        onChange={(budget) => onChange({ ...limits, budget })}
      />
      <NumberInput
        label={t('grid.mix.most')}
        min={0}
        max={50}
        allowDecimal={false}
        value={limits.most}
        onChange={(next) => onChange({ ...limits, most: next === '' ? '' : Number(next) })}
      />
      <NumberInput
        label={t('grid.mix.reach')}
        min={0}
        max={99}
        suffix={'\u202f%'}
        value={limits.reach}
        onChange={(next) => onChange({ ...limits, reach: next === '' ? '' : Number(next) })}
      />
    </div>
  )
}

function MixTable(props: {
  grid: ChannelGrid
  channels: MixQuestionBody['channels']
  value: Value
  wanted: Readonly<Record<string, Wanted>>
  onCost: (channel: string, cost: number | null) => void
  onWanted: (channel: string, wanted: Wanted) => void
}) {
  const t = useT()
  const { grid, channels, value, wanted, onCost, onWanted } = props
  return (
    <FigureTable label={t('grid.mix')}>
      <thead>
        <tr>
          <th scope="col">{t('orders.channel')}</th>
          <th scope="col">{t('grid.mix.cost')}</th>
          <th scope="col">{t(`grid.mix.value.${value}`)}</th>
          <th scope="col">{t('grid.mix.wanted')}</th>
        </tr>
      </thead>
      <tbody>
        {channels.map((one) => (
          <ChannelLine
            key={one.channel}
            line={one}
            score={value === 'score' ? (grid.totals.find(({ channel }) => channel === one.channel)?.total ?? 0) : null}
            wanted={wanted[one.channel] ?? 'free'}
            onCost={(cost) => onCost(one.channel, cost)}
            onWanted={(next) => onWanted(one.channel, next)}
          />
        ))}
      </tbody>
    </FigureTable>
  )
}

function ChannelLine(props: {
  line: MixQuestionBody['channels'][number]
  score: number | null
  wanted: Wanted
  onCost: (cost: number | null) => void
  onWanted: (wanted: Wanted) => void
}) {
  const t = useT()
  const words = useGridWords()
  const name = useChannelName()(props.line.channel)
  const { line, score } = props
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <MoneyInput
          aria-label={t('grid.mix.costOf', { channel: name })}
          max={10_000_000_000}
          value={line.costMinor}
          onChange={props.onCost}
        />
      </td>
      <td>{score === null ? words.euros(line.value) : words.score(score)}</td>
      <td>
        <SegmentedControl
          size="xs"
          aria-label={t('grid.mix.wantedOf', { channel: name })}
          data={(['free', 'required', 'excluded'] as const).map((value) => ({ value, label: t(`grid.mix.${value}`) }))}
          value={props.wanted}
          onChange={(value) => props.onWanted(value)}
        />
      </td>
    </tr>
  )
}

/** The mix that was found, in a sentence, and the price of each constraint. */
function MixFound({ mix, byScore }: { mix: PricedMixAnswer; byScore: boolean }) {
  const t = useT()
  const words = useGridWords()
  const channelName = useChannelName()
  const value = (of: number) => (byScore ? words.score(of) : words.euros(of))
  const names = (chosen: readonly string[]) =>
    chosen.length === 0 ? t('grid.mix.none') : chosen.map(channelName).join(', ')
  return (
    <div className="bo-stack" role="status">
      <p>
        <strong>{names(mix.chosen)}</strong>{' '}
        {t('grid.mix.found', { cost: words.euros(mix.cost), value: value(mix.value) })}
      </p>
      {mix.prices.length > 0 && (
        <ul>
          {mix.prices.map(({ constraint, price, without }) => (
            <li key={constraint}>
              {price > 1e-9
                ? t('grid.mix.price', { constraint, price: value(price), channels: names(without.chosen) })
                : t('grid.mix.free.price', { constraint })}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
