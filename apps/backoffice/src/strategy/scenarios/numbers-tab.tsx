import { Fragment, useState } from 'react'
import { Alert, Button, Group, NumberInput, Skeleton, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { CalibratedFigure, Scenario } from '@ecluse/contracts/scenarios.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { apiQuery, messageOf } from '@ecluse/ui/staff/api.ts'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { Disclosure } from '../../common/disclosure.tsx'
import { FormEnd } from '../../common/form-end.tsx'
import { Plot } from '../../today/plot.tsx'
import { channelOf, useAmounts } from './amounts.ts'
import { ConeDrawing } from './plots.tsx'
import type { Save } from './save.ts'

type Part = { scenario: Scenario; save: Save | null; busy: boolean }

/** What the model starts from: each number with where it comes from, and what was judged instead. */
export function NumbersTab(props: Part) {
  return (
    <div className="bo-stack">
      <Frame {...props} />
      <Figures {...props} />
      <Backtest />
    </div>
  )
}

function Frame({ scenario: { content, snapshot }, save, busy }: Part) {
  const t = useT()
  const { locale } = useLocale()
  const [startsOn, setStartsOn] = useState(content.startsOn)
  const [months, setMonths] = useState<number | string>(content.months)
  const [rate, setRate] = useState<number | string>(content.discountRate * 100)
  const frame = { startsOn, months: Number(months), discountRate: Number(rate) / 100 }
  return (
    <Card title={t('scenario.frame')}>
      <div className="bo-scenario-fields">
        <TextInput
          type="month"
          label={t('scenario.startsOn')}
          value={startsOn}
          onChange={({ currentTarget }) => setStartsOn(currentTarget.value)}
        />
        <NumberInput label={t('scenario.length')} min={1} max={120} value={months} onChange={setMonths} />
        <NumberInput label={t('scenario.discountRate')} suffix=" %" value={rate} onChange={setRate} />
        {save && (
          <Button disabled={busy || startsOn === '' || !(frame.months >= 1)} onClick={() => save(frame)}>
            {t('app.save')}
          </Button>
        )}
      </div>
      <p className="bo-line">
        {t('scenario.snapshot', {
          from: formatDate(snapshot.from, locale, 'day'),
          until: formatDate(snapshot.until, locale, 'day'),
          at: formatDate(snapshot.readAt, locale, 'dateTime'),
          hash: snapshot.hash.slice(0, 12),
        })}
      </p>
      {save && (
        <Button size="xs" variant="default" disabled={busy} onClick={() => save({}, { recalibrate: true })}>
          {t('scenario.recalibrate')}
        </Button>
      )}
      <ul className="bo-plain-list">
        {snapshot.notes.map((note) => (
          <li key={note} className="bo-line bo-quiet">
            {t(`scenario.note.${note}`)}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Figures({ scenario: { content, snapshot }, save, busy }: Part) {
  const t = useT()
  const { figure: nameOf, channel: channelName } = useAmounts()
  const [judging, setJudging] = useState<CalibratedFigure | null>(null)
  const judged = new Map(content.judgements.map((one) => [one.figure, one]))
  const without = (figure: string) => content.judgements.filter((one) => one.figure !== figure)
  return (
    <Card title={t('scenario.figures')}>
      {groupsOf(snapshot.figures).map(({ channel, figures }) => {
        const lines = (
          <FigureLines
            label={channel === null ? t('scenario.figures') : channelName(channel)}
            figures={figures}
            judged={judged}
            busy={busy}
            onJudge={save && setJudging}
            onRemove={(figure) => save?.({ judgements: without(figure) })}
          />
        )
        if (channel === null) return <Fragment key="firm">{lines}</Fragment>
        const changed = figures.filter(({ figure }) => judged.has(figure)).length
        return (
          <Disclosure key={channel} label={t('scenario.figures.of', { channel: channelName(channel), changed })}>
            {lines}
          </Disclosure>
        )
      })}
      {judging && save && (
        <SidePanel itemKey={judging.figure} title={nameOf(judging.figure)} onClose={() => setJudging(null)}>
          <JudgementForm
            figure={judging}
            onClose={() => setJudging(null)}
            onDone={(number_, why) => {
              save({ judgements: [...without(judging.figure), { figure: judging.figure, value: number_, why }] })
              setJudging(null)
            }}
          />
        </SidePanel>
      )}
    </Card>
  )
}

/** Figures of the whole firm first, then those of each channel. */
function groupsOf(figures: readonly CalibratedFigure[]): { channel: string | null; figures: CalibratedFigure[] }[] {
  const channels = [...new Set(figures.map(({ figure }) => channelOf(figure)))]
  return channels
    .toSorted((a, b) => Number(a !== null) - Number(b !== null))
    .map((channel) => ({ channel, figures: figures.filter(({ figure }) => channelOf(figure) === channel) }))
}

function FigureLines({
  label,
  figures,
  judged,
  busy,
  onJudge,
  onRemove,
}: {
  label: string
  figures: readonly CalibratedFigure[]
  judged: ReadonlyMap<string, Scenario['content']['judgements'][number]>
  busy: boolean
  /** Null for who may only read. */
  onJudge: ((figure: CalibratedFigure) => void) | null
  onRemove: (figure: string) => void
}) {
  const t = useT()
  return (
    <div className="bo-scroll-x" tabIndex={0} role="group" aria-label={label}>
      <table className="bo-side-table">
        <thead>
          <tr>
            {(['figure', 'read', 'source', 'judged'] as const).map((head) => (
              <th key={head} scope="col">
                {t(`scenario.figures.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figures.map((one) => (
            <FigureRow
              key={one.figure}
              figure={one}
              judgement={judged.get(one.figure)}
              busy={busy}
              onJudge={onJudge && (() => onJudge(one))}
              onRemove={() => onRemove(one.figure)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** One number: what was read, from where, and what was judged instead. */
function FigureRow({
  figure,
  judgement,
  busy,
  onJudge,
  onRemove,
}: {
  figure: CalibratedFigure
  judgement: Scenario['content']['judgements'][number] | undefined
  busy: boolean
  /** Null for who may only read. */
  onJudge: (() => void) | null
  onRemove: () => void
}) {
  const t = useT()
  const { figure: nameOf, number } = useAmounts()
  const value = (of: number | null) => (of === null ? t('scenario.noLimit') : number(of, 3))
  return (
    <tr>
      <th scope="row">{nameOf(figure.figure)}</th>
      <td>{value(figure.value)}</td>
      <td>{t(`scenario.source.${figure.source}`, { count: Math.round(figure.count), months: figure.months })}</td>
      <td>
        {judgement && `${number(judgement.value, 3)} – ${judgement.why} `}
        {onJudge && (
          <Group gap="xs">
            <Button
              size="compact-xs"
              variant="subtle"
              aria-label={t('scenario.judge.of', { name: nameOf(figure.figure) })}
              onClick={onJudge}
            >
              {t('scenario.judge')}
            </Button>
            {judgement && (
              <Button size="compact-xs" variant="subtle" color="gray" disabled={busy} onClick={onRemove}>
                {t('scenario.remove')}
              </Button>
            )}
          </Group>
        )}
      </td>
    </tr>
  )
}

function JudgementForm(props: {
  figure: CalibratedFigure
  onClose: () => void
  onDone: (value: number, why: string) => void
}) {
  const t = useT()
  const [value, setValue] = useState<number | string>(props.figure.value ?? '')
  const [why, setWhy] = useState('')
  const [tried, setTried] = useState(false)
  return (
    <form
      noValidate
      className="bo-stack"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (value !== '' && why.trim() !== '') props.onDone(Number(value), why.trim())
      }}
    >
      <NumberInput
        label={t('scenario.judge.value')}
        required
        data-autofocus
        value={value}
        error={tried && value === '' ? t('scenario.move.problem.missing') : undefined}
        onChange={setValue}
      />
      <TextInput
        label={t('scenario.judge.why')}
        required
        value={why}
        error={tried && why.trim() === '' ? t('scenario.move.problem.missing') : undefined}
        onChange={({ currentTarget }) => setWhy(currentTarget.value)}
      />
      <FormEnd onCancel={props.onClose} busy={false} label={t('app.save')} />
    </form>
  )
}

/** How well two years would have told the third; too short a history is explained. */
function Backtest() {
  const t = useT()
  const { money, share, month } = useAmounts()
  const query = useQuery(apiQuery(endpoints.backtestScenarios, {}))
  const { data } = query
  if (query.isPending) return <Skeleton height={200} />
  if (!data)
    return (
      <Card title={t('scenario.backtest')}>
        <p className="bo-line">{t('scenario.backtest.help')}</p>
        <Alert>{messageOf(query.error)}</Alert>
      </Card>
    )
  return (
    <Plot
      question={t('scenario.backtest')}
      answer={t('scenario.backtest.answer', {
        error: share(data.error),
        repeated: share(data.repeated),
        inside: share(data.inside),
      })}
      file={t('scenario.backtest.file')}
      table={[
        [t('scenario.month'), t('scenario.backtest.actual'), t('scenario.backtest.predicted'), '5 %', '95 %'],
        ...data.months.map((one) => [
          one.month,
          money(one.actual),
          money(one.predicted),
          money(one.low),
          money(one.high),
        ]),
      ]}
    >
      <ConeDrawing
        label={t('scenario.backtest')}
        names={{ median: t('scenario.backtest.predicted'), other: t('scenario.backtest.actual') }}
        format={money}
        points={data.months.map((one) => ({
          label: month(one.month),
          low: one.low,
          median: one.predicted,
          high: one.high,
          other: one.actual,
        }))}
      />
    </Plot>
  )
}
