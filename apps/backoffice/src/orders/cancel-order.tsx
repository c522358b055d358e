import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney } from '@ecluse/ui/format.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'

/** Money goes back: the one act on an order that asks first, and says how much. */
export function CancelOrder({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useT()
  const { locale } = useLocale()
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: { reason: '' },
    schema: endpoints.cancelOrder.body,
    send: (body, idempotencyKey) =>
      call(endpoints.cancelOrder, { params: { orderId: order.id }, body }, { idempotencyKey }),
    onDone: () => {
      tellDone(t('cancel.done', { number: order.number }))
      onClose()
      void refresh('/orders', '/fulfillments', '/stock', '/today', '/messages')
    },
  })
  const paid = order.paid.amountMinor - order.refunded.amountMinor
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('cancel.title', { number: order.number })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <Text>
            {paid > 0
              ? t('cancel.money', { amount: formatMoney({ amountMinor: paid, currency: 'EUR' }, locale) })
              : t('cancel.noMoney')}
          </Text>
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
              {t('cancel.keep')}
            </Button>
            <Button color="red" type="submit" loading={busy}>
              {t('cancel.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
