import type { ReactNode } from 'react'
import { Button, Checkbox, Group, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import {
  experimentKpiIds,
  experimentUnits,
  newExperimentSchema,
  type Experiment,
  type ExperimentBaseline,
  type ExperimentDetail,
  type NewExperiment,
} from '@ecluse/contracts/experiments.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { FormProblem } from '../../common/form-problem.tsx'
import { useCheckedForm, type CheckedForm } from '../../common/use-checked-form.ts'
import { PercentInput } from '../percent-input.tsx'
import { KpiInput } from './kpi-input.tsx'
import { PlanCard } from './plan-card.tsx'
import { emptyValues, suggested, valuesOf, withOwn, type Values } from './experiment-values.ts'
import '../scenarios/scenarios.css'

/** An experiment while it is prepared: the question, what the firm’s data say of it, and what follows for its size. */
export function ExperimentForm({
  experiment,
  send,
  onDone,
  acts,
}: {
  experiment: Experiment | null
  send: (body: NewExperiment, key: string) => Promise<ExperimentDetail>
  onDone: (saved: ExperimentDetail) => void
  acts?: (saved: boolean) => ReactNode
}) {
  const t = useT()
  const asked = useCheckedForm<Values, typeof newExperimentSchema, ExperimentDetail>({
    initialValues: experiment
      ? valuesOf(experiment)
      : emptyValues(t('experiment.arm.control'), t('experiment.arm.new')),
    schema: newExperimentSchema,
    toBody: (values) => bodyOf(values),
    send,
    onDone,
  })
  const { form, submit, busy } = asked
  const { unit, kpi, windowDays } = form.values.design
  const query = useQuery({
    ...apiQuery(endpoints.readExperimentBaseline, {
      query: { unit, kpi, windowDays: windowDays === '' ? 14 : windowDays },
    }),
    enabled: windowDays !== '' && windowDays >= 1 && windowDays <= 180,
  })
  // What a draft was planned from stays, until its question is another one.
  const kept =
    experiment && !form.isDirty('design.kpi') && !form.isDirty('design.windowDays') ? experiment.baseline : null
  const baseline = kept ?? query.data
  const planOf = (values: Values) => ({
    design: { ...values.design, effect: values.design.effect === '' ? suggested(baseline) : values.design.effect },
    baseline: baseline && withOwn(baseline, values),
  })
  const bodyOf = (values: Values): unknown => ({
    name: values.name,
    hypothesis: values.hypothesis,
    ...planOf(values),
  })
  return (
    <form noValidate onSubmit={submit}>
      <div className="bo-stack">
        <QuestionCard asked={asked} />
        {query.isError && !kept && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        <Card title={t('experiment.wanted')}>
          <Wanted asked={asked} baseline={baseline} />
        </Card>
        <PlanCard body={planOf(form.values)} baseline={baseline} />
        <Group>
          <Button type="submit" loading={busy} disabled={!baseline}>
            {t('experiment.save')}
          </Button>
          {acts?.(!form.isDirty())}
        </Group>
      </div>
    </form>
  )
}

type Asked = { asked: CheckedForm<Values> }

function QuestionCard({ asked }: Asked) {
  const t = useT()
  const { form, problem } = asked
  return (
    <Card title={t('experiment.question')}>
      <Stack gap="md">
        <FormProblem error={problem} />
        <TextInput label={t('experiment.name')} required {...form.getInputProps('name')} />
        <Textarea
          label={t('experiment.hypothesis')}
          description={t('experiment.hypothesis.help')}
          required
          autosize
          minRows={2}
          {...form.getInputProps('hypothesis')}
        />
        <Question asked={asked} />
        <Arms asked={asked} />
      </Stack>
    </Card>
  )
}

/** Of whom, which figure, over how long. */
function Question({ asked: { form } }: Asked) {
  const t = useT()
  const { unit, kpi } = form.values.design
  return (
    <div className="bo-scenario-fields">
      <Select
        label={t('experiment.unit')}
        description={t(`experiment.unit.${unit}.help`)}
        allowDeselect={false}
        data={experimentUnits.map((value) => ({ value, label: t(`experiment.unit.${value}`) }))}
        {...form.getInputProps('design.unit')}
      />
      <Select
        label={t('experiment.kpi')}
        description={t(`experiment.kpi.${kpi}.formula`)}
        allowDeselect={false}
        data={experimentKpiIds.map((value) => ({ value, label: t(`experiment.kpi.${value}`) }))}
        {...form.getInputProps('design.kpi')}
        onChange={(value) => {
          form.getInputProps('design.kpi').onChange(value)
          form.setValues({ mean: '', deviation: '', design: { ...form.values.design, kpi: kpiOf(value), effect: '' } })
        }}
      />
      <NumberInput
        label={t('experiment.window')}
        description={t('experiment.window.help')}
        min={1}
        max={180}
        allowDecimal={false}
        {...form.getInputProps('design.windowDays')}
      />
    </div>
  )
}

const kpiOf = (value: string | null) => experimentKpiIds.find((kpi) => kpi === value) ?? 'conversion'

/** Arms and their shares; the first is what is done today. */
function Arms({ asked: { form } }: Asked) {
  const t = useT()
  const { arms } = form.values.design
  const set = (next: Values['design']['arms']) => form.setFieldValue('design.arms', next)
  return (
    <fieldset className="bo-experiment-arms">
      <legend>{t('experiment.arms')}</legend>
      {arms.map((arm, at) => (
        <Group key={arm.key} align="end" wrap="nowrap">
          <TextInput
            style={{ flex: 1 }}
            label={at === 0 ? t('experiment.arm.first') : t('experiment.arm.other', { number: at + 1 })}
            {...form.getInputProps(`design.arms.${at}.name`)}
          />
          <NumberInput
            w={110}
            label={t('experiment.share')}
            suffix={'\u202f%'}
            min={1}
            max={99}
            allowDecimal={false}
            {...form.getInputProps(`design.arms.${at}.share`)}
          />
          {at > 1 && (
            <Button
              variant="subtle"
              color="gray"
              aria-label={t('experiment.arm.remove', { name: arm.name })}
              onClick={() => set(sharedOut(arms.filter((one) => one !== arm)))}
            >
              <IconTrash size={16} aria-hidden />
            </Button>
          )}
        </Group>
      ))}
      {form.errors['design.arms'] && (
        <p role="alert" className="bo-line">
          {form.errors['design.arms']}
        </p>
      )}
      {arms.length < 4 && (
        <Button
          variant="subtle"
          w="fit-content"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => set(sharedOut([...arms, { key: nextKey(arms), name: '', share: 0 }]))}
        >
          {t('experiment.arm.add')}
        </Button>
      )}
    </fieldset>
  )
}

const nextKey = (arms: readonly { key: string }[]): string =>
  ['a', 'b', 'c', 'd'].find((key) => arms.every((arm) => arm.key !== key)) ?? 'd'

/** Equal shares that make a hundred. */
function sharedOut(arms: Values['design']['arms']): Values['design']['arms'] {
  const each = Math.floor(100 / arms.length)
  return arms.map((arm, at) => ({ ...arm, share: at === 0 ? 100 - each * (arms.length - 1) : each }))
}

/** What is worth seeing, how sure to be, and what the figure is today. */
function Wanted({ asked: { form }, baseline }: Asked & { baseline: ExperimentBaseline | undefined }) {
  const t = useT()
  const { kpi } = form.values.design
  const effect = form.getInputProps('design.effect')
  const mean = form.getInputProps('mean')
  const deviation = form.getInputProps('deviation')
  const orKnown = (value: number | '', known: number | undefined) => (value === '' ? (known ?? '') : value)
  return (
    <Stack gap="md">
      <div className="bo-scenario-fields">
        <KpiInput
          kpi={kpi}
          points
          label={t('experiment.effect')}
          description={t('experiment.effect.help')}
          {...effect}
          value={orKnown(form.values.design.effect, suggested(baseline))}
        />
        <PercentInput
          label={t('experiment.power')}
          description={t('experiment.power.help')}
          min={0.5}
          max={0.99}
          {...form.getInputProps('design.power')}
        />
        <PercentInput
          label={t('experiment.level')}
          description={t('experiment.level.help')}
          min={0.001}
          max={0.2}
          {...form.getInputProps('design.level')}
        />
      </div>
      <div className="bo-scenario-fields">
        <KpiInput
          kpi={kpi}
          label={t('experiment.mean')}
          description={t(form.values.mean === '' ? 'experiment.read' : 'experiment.own')}
          {...mean}
          value={orKnown(form.values.mean, baseline?.mean)}
        />
        {kpi !== 'conversion' && (
          <KpiInput
            kpi={kpi}
            label={t('experiment.deviation')}
            description={t(form.values.deviation === '' ? 'experiment.read' : 'experiment.own')}
            {...deviation}
            value={orKnown(form.values.deviation, baseline?.deviation)}
          />
        )}
      </div>
      <Checkbox
        label={t('experiment.adjust')}
        description={t('experiment.adjust.help')}
        {...form.getInputProps('design.adjust', { type: 'checkbox' })}
      />
    </Stack>
  )
}
