import { useState, type FormEvent } from 'react'
import { Button, NumberInput, SegmentedControl } from '@mantine/core'
import type { ChannelGrid, MixQuestionBody, PricedMixAnswer } from '@ecluse/contracts/channel-grid.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { FormProblem } from '../../common/form-problem.tsx'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { FigureTable } from '../../common/figure-table.tsx'
import { useChannelName } from '../../network/use-channels.ts'
import { useGridWords } from './grid-words.ts'
import { MixPairs } from './mix-pairs.tsx'
import {
  formOf,
  questionOf,
  type ConstraintNames,
  type LimitValues,
  type MixForm,
  type Wanted,
} from './mix-question.ts'
import { usePutGrid } from './use-put-grid.ts'

type Value = 'contribution' | 'score'

/** Which channels to run together for a budget, and what each constraint costs. */
export function MixCard({ grid }: { grid: ChannelGrid }) {
  const t = useT()
  const can = useCan()
  const [form, setForm] = useState<MixForm>(() => formOf(grid.mix))
  const [value, setValue] = useState<Value>('contribution')
  const question = questionOf(form, useConstraintNames())
  const change = (next: Partial<MixForm>) => setForm({ ...form, ...next })
  const solve = useAct({
    act: (body: MixQuestionBody) => call(endpoints.solveChannelMix, { body }),
    touches: [],
    quiet: true,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const totalOf = (channel: string) => grid.totals.find((one) => one.channel === channel)?.total ?? 0
    solve.mutate(
      value === 'contribution'
        ? question
        : // What two take from each other is in euros: scores add up without it.
          {
            ...question,
            channels: question.channels.map((one) => ({ ...one, value: totalOf(one.channel) })),
            overlaps: [],
          },
    )
  }
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
        <Limits limits={form.limits} onChange={(limits) => change({ limits })} />
        <MixTable
          grid={grid}
          form={form}
          value={value}
          onCost={(channel, costMinor) =>
            change({
              channels: form.channels.map((one) =>
                one.channel === channel ? { ...one, costMinor: costMinor ?? 0 } : one,
              ),
            })
          }
          onWanted={(channel, next) => change({ wanted: { ...form.wanted, [channel]: next } })}
        />
        <MixPairs
          channels={form.channels.map(({ channel }) => channel)}
          pairs={form.pairs}
          onChange={(pairs) => change({ pairs })}
        />
        <FormProblem error={solve.error} />
        <Button type="submit" w="fit-content" loading={solve.isPending}>
          {t('grid.mix.solve')}
        </Button>
      </form>
      {solve.data && <MixFound mix={solve.data} byScore={value === 'score'} />}
      {solve.data && can('strategy:write') && <KeepMix grid={grid} question={question} mix={solve.data} />}
    </Card>
  )
}

/** Keeps the question with the grid, as its next version, which says what was found. */
function KeepMix({ grid, question, mix }: { grid: ChannelGrid; question: MixQuestionBody; mix: PricedMixAnswer }) {
  const t = useT()
  const channelName = useChannelName()
  const put = usePutGrid(grid)
  const names = mix.chosen.length === 0 ? t('grid.mix.none') : mix.chosen.map(channelName).join(', ')
  return (
    <Button
      variant="default"
      w="fit-content"
      mt="sm"
      loading={put.isPending}
      onClick={() => put.mutate({ mix: question, note: t('grid.mix.keptNote', { names }).slice(0, 1_000) })}
    >
      {t('grid.mix.keep')}
    </Button>
  )
}

/** Constraints by the names the answer tells them by. */
function useConstraintNames(): ConstraintNames {
  const t = useT()
  const channelName = useChannelName()
  return {
    limit: (kind) => t(`grid.mix.${kind}`),
    wanted: (kind, channel) => t(`grid.mix.${kind}Of`, { channel: channelName(channel) }),
    pair: (kind, one, other) => t(`grid.mix.pair.${kind}Of`, { one: channelName(one), other: channelName(other) }),
  }
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
  form: MixForm
  value: Value
  onCost: (channel: string, cost: number | null) => void
  onWanted: (channel: string, wanted: Wanted) => void
}) {
  const t = useT()
  const { grid, form, value, onCost, onWanted } = props
  const { channels, wanted } = form
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
