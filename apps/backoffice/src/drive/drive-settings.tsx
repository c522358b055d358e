import { NumberInput, Select, Stack, Switch, Button } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { DriveBoard } from '@ecluse/contracts/drive.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'

/** Bays, length of a slot and customers in each; what was promised stays promised. */
export function DriveSettings({ siteId, board }: { siteId: string; board: DriveBoard | undefined }) {
  const t = useT()
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: {
      bays: board?.bays ?? 4,
      slotMinutes: String(board?.slotMinutes ?? 30),
      capacity: board?.capacity ?? 4,
      active: board?.active ?? true,
    },
    schema: endpoints.putDrive.body,
    toBody: (values) => ({ ...values, slotMinutes: Number(values.slotMinutes) }),
    send: (body) => call(endpoints.putDrive, { params: { siteId }, body }),
    onDone: () => {
      tellDone(t('drive.saved'))
      void refresh('/drive')
    },
  })
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormProblem error={problem} />
        <Switch label={t('drive.active')} {...form.getInputProps('active', { type: 'checkbox' })} />
        <NumberInput label={t('drive.bays')} min={1} max={60} allowDecimal={false} {...form.getInputProps('bays')} />
        <Select
          label={t('drive.slotMinutes')}
          data={['15', '20', '30', '60']}
          allowDeselect={false}
          {...form.getInputProps('slotMinutes')}
        />
        <NumberInput
          label={t('drive.capacity')}
          description={t('drive.capacity.help')}
          min={0}
          max={200}
          allowDecimal={false}
          {...form.getInputProps('capacity')}
        />
        <Button type="submit" loading={busy} style={{ alignSelf: 'flex-start' }}>
          {t('drive.save')}
        </Button>
      </Stack>
    </form>
  )
}
