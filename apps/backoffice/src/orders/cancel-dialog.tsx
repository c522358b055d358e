import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useT } from '../app/i18n.ts'
import { FormProblem } from '../common/form-problem.tsx'
import type { CheckedForm } from '../common/use-checked-form.ts'

type Props = {
  checked: CheckedForm<{ reason: string }>
  title: string
  /** What goes back to the customer, if anything. */
  money: string
  keep: string
  confirm: string
  onClose: () => void
}

/** Money goes back: says how much, and asks why. */
export function CancelDialog({ checked, title, money, keep, confirm, onClose }: Props) {
  const t = useT()
  const { form, submit, problem, busy } = checked
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('app.close') }}>
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <Text>{money}</Text>
          <FormProblem error={problem} />
          <Textarea
            label={t('cancel.reason')}
            description={t('cancel.reason.help')}
            autosize
            minRows={2}
            data-autofocus
            {...form.getInputProps('reason')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {keep}
            </Button>
            <Button color="red" type="submit" loading={busy}>
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
