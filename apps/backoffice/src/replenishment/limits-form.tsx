import { Button, NumberInput } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Proposal } from '@ecluse/contracts/replenishment.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'

type Values = { minUnits: number | ''; maxUnits: number | ''; packUnits: number | '' }

/** The least and the most of an article its place is to have, and its packs; followed from the next computation on. */
export function LimitsForm({ proposal }: { proposal: Proposal }) {
  const t = useT()
  const { placeId, variantId, figures } = proposal
  const initialValues: Values = {
    minUnits: figures.minUnits ?? '',
    maxUnits: figures.maxUnits ?? '',
    packUnits: figures.packUnits,
  }
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues,
    schema: endpoints.saveReplenishmentLimit.body,
    toBody: ({ minUnits, maxUnits, packUnits }) => ({
      minUnits: minUnits === '' ? null : minUnits,
      maxUnits: maxUnits === '' ? null : maxUnits,
      packUnits: packUnits === '' ? 1 : packUnits,
    }),
    send: (body) => call(endpoints.saveReplenishmentLimit, { params: { placeId, variantId }, body }),
    onDone: () => tellDone(t('replenishment.limits.saved')),
  })
  return (
    <form noValidate onSubmit={submit}>
      <FormProblem error={problem} />
      <div className="bo-limits">
        <NumberInput label={t('replenishment.min')} min={0} allowDecimal={false} {...form.getInputProps('minUnits')} />
        <NumberInput label={t('replenishment.max')} min={0} allowDecimal={false} {...form.getInputProps('maxUnits')} />
        <NumberInput
          label={t('replenishment.pack')}
          min={1}
          allowDecimal={false}
          {...form.getInputProps('packUnits')}
        />
      </div>
      <Button type="submit" variant="default" loading={busy}>
        {t('documents.save')}
      </Button>
    </form>
  )
}
