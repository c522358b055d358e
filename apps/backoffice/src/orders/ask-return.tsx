import { Modal, NumberInput, Select, SimpleGrid, Stack, Text, Fieldset } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { returnReasons, type ReturnReason } from '@ecluse/contracts/returns.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'

type Wanted = { quantity: number; reason: ReturnReason }
const nothing: Wanted = { quantity: 0, reason: 'changed_mind' }

/** Registers a return for a customer on the phone: they get the slip by e-mail, and money once the goods were looked at. */
export function AskReturn({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useT()
  const lines = order.lines.filter((line) => line.fulfilledQuantity > line.returnedQuantity)
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: { lines: Object.fromEntries(lines.map(({ id }): [string, Wanted] => [id, nothing])) },
    schema: endpoints.askReturn.body,
    toBody: (values) => ({
      lines: Object.entries(values.lines)
        .filter(([, { quantity }]) => quantity > 0)
        .map(([lineId, line]) => ({ lineId, ...line })),
    }),
    send: (body, idempotencyKey) =>
      call(endpoints.askReturn, { params: { orderId: order.id }, body }, { idempotencyKey }),
    onDone: ({ number }) => {
      tellDone(t('askReturn.done', { number }))
      onClose()
      void refresh('/orders', '/returns', '/messages')
    },
  })
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('askReturn.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <Text>{t('askReturn.help')}</Text>
          <FormProblem error={problem ?? form.errors['lines']} />
          {lines.map((line) => {
            const values = form.values.lines[line.id] ?? nothing
            const most = line.fulfilledQuantity - line.returnedQuantity
            const set = (next: Wanted) => form.setFieldValue('lines', { ...form.values.lines, [line.id]: next })
            return (
              <Fieldset key={line.id} legend={[line.name, line.variantLabel].filter(Boolean).join(' · ')}>
                <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
                  <NumberInput
                    label={t('returns.quantity', { most })}
                    min={0}
                    max={most}
                    clampBehavior="strict"
                    value={values.quantity}
                    onChange={(quantity) => set({ ...values, quantity: Number(quantity) || 0 })}
                  />
                  <Select
                    label={t('returns.reason')}
                    data={returnReasons.map((value) => ({ value, label: t(`reason.${value}`) }))}
                    value={values.reason}
                    disabled={values.quantity === 0}
                    onChange={(reason) =>
                      set({ ...values, reason: returnReasons.find((value) => value === reason) ?? 'other' })
                    }
                  />
                </SimpleGrid>
              </Fieldset>
            )
          })}
          <FormEnd onCancel={onClose} busy={busy} label={t('askReturn.confirm')} />
        </Stack>
      </form>
    </Modal>
  )
}
