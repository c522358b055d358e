import { Fieldset, NumberInput, Stack, Switch, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { partnerBodySchema, type PointsPartner } from '@ecluse/contracts/partners.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'

const rates = ['soldMinor', 'boughtMinor'] as const
const limits = ['personDayEarn', 'personDaySpend', 'dayEarn', 'daySpend'] as const

/** What is agreed with a partner; of one that is there, also whether it is stopped. */
export function PartnerForm({ partner, onClose }: { partner: PointsPartner | null; onClose: () => void }) {
  const t = useT()
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: {
      name: partner?.name ?? '',
      contactName: partner?.contactName ?? '',
      contactEmail: partner?.contactEmail ?? '',
      contactPhone: partner?.contactPhone ?? '',
      soldMinor: partner?.soldMinor ?? null,
      boughtMinor: partner?.boughtMinor ?? null,
      personDayEarn: partner?.personDayEarn ?? 1_000,
      personDaySpend: partner?.personDaySpend ?? 2_000,
      dayEarn: partner?.dayEarn ?? 50_000,
      daySpend: partner?.daySpend ?? 50_000,
      stopped: partner?.stopped ?? false,
    },
    schema: partnerBodySchema,
    toBody: (values) => ({
      ...values,
      contactEmail: values.contactEmail.trim() || null,
      contactPhone: values.contactPhone.trim() || null,
    }),
    send: (body, idempotencyKey) =>
      partner
        ? call(endpoints.updatePartner, { params: { partnerId: partner.id }, body })
        : call(endpoints.createPartner, { body }, { idempotencyKey }),
    onDone: () => {
      tellDone(t('partners.saved'))
      void refresh('/loyalty')
      onClose()
    },
  })
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormProblem error={problem} />
        <TextInput label={t('partners.name')} required data-autofocus {...form.getInputProps('name')} />
        <TextInput label={t('partners.contact')} required {...form.getInputProps('contactName')} />
        <TextInput label={t('partners.email')} type="email" {...form.getInputProps('contactEmail')} />
        <TextInput label={t('partners.phone')} type="tel" {...form.getInputProps('contactPhone')} />
        <Terms form={form} />
        {partner && (
          <Switch
            label={t('partners.stop')}
            description={t('partners.stop.help')}
            {...form.getInputProps('stopped', { type: 'checkbox' })}
          />
        )}
        <FormEnd onCancel={onClose} busy={busy} label={t('partners.save')} />
      </Stack>
    </form>
  )
}

type TermValues = Record<(typeof limits)[number], number> & Record<(typeof rates)[number], number | null>

/** At what points are paid for, and how many at most in a day. */
function Terms<Values extends TermValues>({ form }: { form: UseFormReturnType<Values> }) {
  const t = useT()
  return (
    <>
      {rates.map((rate) => (
        <MoneyInput
          key={rate}
          label={t(rate === 'soldMinor' ? 'partners.sold' : 'partners.bought')}
          description={t('partners.rate.help')}
          required
          {...form.getInputProps(rate)}
          value={form.values[rate]}
        />
      ))}
      <Fieldset legend={t('partners.limits')} className="bo-loyalty-row">
        {limits.map((limit) => (
          <NumberInput
            key={limit}
            label={t(`partners.${limit}`)}
            required
            min={0}
            max={10_000_000}
            allowDecimal={false}
            {...form.getInputProps(limit)}
          />
        ))}
      </Fieldset>
    </>
  )
}
