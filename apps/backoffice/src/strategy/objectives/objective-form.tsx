import { NumberInput, SegmentedControl, Select, Stack, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { kpiIds, kpis, type Kpi } from '@ecluse/contracts/insights.ts'
import {
  addMonths,
  addsUp,
  newObjectiveSchema,
  objectiveChangeSchema,
  objectiveDirections,
  objectiveMeasures,
  type Objective,
  type ObjectiveDetail,
} from '@ecluse/contracts/objectives.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { useMySites, useSession } from '@ecluse/ui/staff/session.tsx'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../../app/i18n.ts'
import { dayOf } from '../../common/company-day.ts'
import { FormEnd } from '../../common/form-end.tsx'
import { FormProblem } from '../../common/form-problem.tsx'
import { useCheckedForm } from '../../common/use-checked-form.ts'
import { useChannelName, useChannels } from '../../network/use-channels.ts'
import { keptFrom, typedFrom, unitSuffix } from './kpi-unit.ts'

type NewValues = MeasuredValues & {
  name: string
  owner: string
  wanted: (typeof objectiveDirections)[number]
  from: string
  until: string
  target: number | ''
  alertBelow: number | ''
}

/** An objective nobody has written yet: a year from this month, of whoever writes it. */
const emptyObjective = (owner: string, month: string): NewValues => ({
  name: '',
  owner,
  kpi: 'netRevenue',
  channel: null,
  siteId: null,
  measure: 'sum',
  wanted: 'at_least',
  from: month,
  until: addMonths(month, 11),
  target: '',
  alertBelow: 30,
})

/** A new objective: which figure, of what, how much, by when, and who answers for it. */
export function NewObjectiveForm({
  onClose,
  onDone,
}: {
  onClose: () => void
  onDone: (made: ObjectiveDetail) => void
}) {
  const t = useT()
  const { name } = useSession()
  const month = dayOf(new Date()).slice(0, 7)
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: emptyObjective(name, month),
    schema: newObjectiveSchema,
    toBody: (values) => ({
      ...values,
      measure: addsUp(values.kpi) || values.measure !== 'sum' ? values.measure : 'mean',
      target: values.target === '' ? undefined : keptFrom(values.kpi, values.target),
      alertBelow: values.alertBelow === '' ? undefined : values.alertBelow / 100,
    }),
    send: (body, idempotencyKey) => call(endpoints.createObjective, { body }, { idempotencyKey }),
    onDone: (made) => {
      tellDone(t('objectives.saved'))
      void refresh('/objectives')
      onDone(made)
    },
  })
  const { kpi } = form.values
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormProblem error={problem} />
        <TextInput label={t('objectives.name')} required data-autofocus {...form.getInputProps('name')} />
        <Measured form={form} />
        <SegmentedControl
          aria-label={t('objectives.wanted')}
          data={objectiveDirections.map((value) => ({ value, label: t(`objectives.wanted.${value}`) }))}
          {...form.getInputProps('wanted')}
        />
        <TargetInput kpi={kpi} {...form.getInputProps('target')} />
        <TextInput type="month" label={t('objectives.from')} required {...form.getInputProps('from')} />
        <TextInput type="month" label={t('objectives.until')} required {...form.getInputProps('until')} />
        <TextInput label={t('objectives.owner')} required {...form.getInputProps('owner')} />
        <AlertInput {...form.getInputProps('alertBelow')} />
        <FormEnd onCancel={onClose} busy={busy} label={t('objectives.set')} />
      </Stack>
    </form>
  )
}

type MeasuredValues = {
  kpi: Kpi
  channel: string | null
  siteId: string | null
  measure: (typeof objectiveMeasures)[number]
}

/** Which figure, of which channel or shop, and how its months are put together. */
function Measured<Values extends MeasuredValues>({ form }: { form: UseFormReturnType<Values> }) {
  const t = useT()
  const channels = useChannels()
  const channelName = useChannelName()
  const sites = useMySites()
  const { kpi } = form.values
  const measures = objectiveMeasures.filter((measure) => measure !== 'sum' || addsUp(kpi))
  const { value: measure, ...measureProps } = form.getInputProps('measure') as { value: MeasuredValues['measure'] }
  return (
    <>
      <Select
        label={t('objectives.kpi')}
        description={t(`kpi.${kpi}.formula`)}
        searchable
        allowDeselect={false}
        data={kpiIds.map((id) => ({ value: id, label: t(`kpi.${id}`) }))}
        {...form.getInputProps('kpi')}
      />
      <Select
        label={t('orders.channel')}
        placeholder={t('insights.all')}
        clearable
        searchable
        data={channels.map(({ code }) => ({ value: code, label: channelName(code) }))}
        {...form.getInputProps('channel')}
      />
      <Select
        label={t('orders.site')}
        placeholder={t('insights.all')}
        clearable
        searchable
        data={sites.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('siteId')}
      />
      <Select
        label={t('objectives.measure')}
        allowDeselect={false}
        data={measures.map((value) => ({ value, label: t(`objectives.measure.${value}`) }))}
        value={measures.includes(measure) ? measure : 'mean'}
        {...measureProps}
      />
    </>
  )
}

type InputProps = ReturnType<UseFormReturnType<{ target: number | '' }>['getInputProps']>

function TargetInput({ kpi, ...props }: InputProps & { kpi: Kpi }) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <NumberInput
      label={t('objectives.target')}
      required
      suffix={unitSuffix(kpi)}
      decimalScale={kpis[kpi] === 'count' ? 0 : 2}
      allowedDecimalSeparators={[',', '.']}
      thousandSeparator={locale === 'fr' ? '\u202f' : ','}
      hideControls
      {...props}
    />
  )
}

function AlertInput(props: InputProps) {
  const t = useT()
  return (
    <NumberInput
      label={t('objectives.alertBelow')}
      description={t('objectives.alertBelow.help')}
      suffix={'\u202f%'}
      min={0}
      max={100}
      allowDecimal={false}
      {...props}
    />
  )
}

type ChangeValues = Pick<NewValues, 'name' | 'owner' | 'until' | 'target' | 'alertBelow'> & { reason: string }

const changeOf = ({ name, owner, kpi, target, until, alertBelow }: Objective): ChangeValues => ({
  name,
  owner,
  target: typedFrom(kpi, target),
  until,
  alertBelow: Math.round(alertBelow * 100),
  reason: '',
})

/** What may change of an objective under way; why is asked, and kept. */
export function ChangeObjectiveForm({ objective, onClose }: { objective: Objective; onClose: () => void }) {
  const t = useT()
  const { id, revision, kpi } = objective
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: changeOf(objective),
    schema: objectiveChangeSchema,
    toBody: (values) => ({
      ...values,
      revision,
      target: values.target === '' ? undefined : keptFrom(kpi, values.target),
      alertBelow: values.alertBelow === '' ? undefined : values.alertBelow / 100,
    }),
    send: (body) => call(endpoints.updateObjective, { params: { objectiveId: id }, body }),
    onDone: () => {
      tellDone(t('objectives.saved'))
      void refresh('/objectives')
      onClose()
    },
  })
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormProblem error={problem} />
        <TextInput label={t('objectives.name')} required data-autofocus {...form.getInputProps('name')} />
        <TargetInput kpi={kpi} {...form.getInputProps('target')} />
        <TextInput type="month" label={t('objectives.until')} required {...form.getInputProps('until')} />
        <TextInput label={t('objectives.owner')} required {...form.getInputProps('owner')} />
        <AlertInput {...form.getInputProps('alertBelow')} />
        <Textarea
          label={t('objectives.reason')}
          description={t('objectives.reason.help')}
          required
          autosize
          minRows={2}
          {...form.getInputProps('reason')}
        />
        <FormEnd onCancel={onClose} busy={busy} label={t('app.save')} />
      </Stack>
    </form>
  )
}
