import { Modal, NumberInput, SimpleGrid, Stack, Text, Fieldset } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import type { ReturnReason } from '@ecluse/contracts/returns.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'
import { ReturnedUnits } from './returned-units.tsx'
import { ArticleAdder } from '../quotes/article-adder.tsx'

type Wanted = { quantity: number; reason: ReturnReason }
type Wish = { variantId: string; name: string; quantity: number }
const nothing: Wanted = { quantity: 0, reason: 'changed_mind' }

/** Registers a return for a customer on the phone: they get the slip by e-mail, and money once the goods were looked at. */
export function AskReturn({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useT()
  const lines = order.lines.filter((line) => line.fulfilledQuantity > line.returnedQuantity)
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: {
      exchange: [] as Wish[],
      lines: Object.fromEntries(lines.map(({ id }): [string, Wanted] => [id, nothing])),
    },
    schema: endpoints.askReturn.body,
    toBody: (values) => ({
      lines: Object.entries(values.lines)
        .filter(([, { quantity }]) => quantity > 0)
        .map(([lineId, line]) => ({ lineId, ...line })),
      exchange: values.exchange.map(({ variantId, quantity }) => ({ variantId, quantity })),
    }),
    send: (body, idempotencyKey) =>
      call(endpoints.askReturn, { params: { orderId: order.id }, body }, { idempotencyKey }),
    onDone: ({ number }) => {
      tellDone(t('askReturn.done', { number }))
      onClose()
      void refresh('/orders', '/returns', '/messages')
    },
  })
  const valuesOf = (lineId: string): Wanted => form.values.lines[lineId] ?? nothing
  const set = (lineId: string, patch: Partial<Wanted>): void =>
    form.setFieldValue('lines', { ...form.values.lines, [lineId]: { ...valuesOf(lineId), ...patch } })
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
          {lines.map((line) => (
            <Fieldset key={line.id} legend={[line.name, line.variantLabel].filter(Boolean).join(' · ')}>
              <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
                <ReturnedUnits
                  line={line}
                  values={valuesOf(line.id)}
                  onQuantity={(quantity) => set(line.id, { quantity })}
                  onReason={(reason) => set(line.id, { reason })}
                />
              </SimpleGrid>
            </Fieldset>
          ))}
          {order.delivery.method !== 'carry_out' && (
            <Wishes
              channel={order.channelCode}
              wishes={form.values.exchange}
              onChange={(exchange) => form.setFieldValue('exchange', exchange)}
            />
          )}
          <FormEnd onCancel={onClose} busy={busy} label={t('askReturn.confirm')} />
        </Stack>
      </form>
    </Modal>
  )
}

type WishProps = { channel: string; wishes: readonly Wish[]; onChange: (wishes: Wish[]) => void }

/** What the customer wants instead of money: put aside until the return is looked at. */
function Wishes({ channel, wishes, onChange }: WishProps) {
  const t = useT()
  return (
    <Fieldset legend={t('askReturn.exchange')}>
      <Text size="sm">{t('askReturn.exchange.help')}</Text>
      <ArticleAdder
        channel={channel}
        onAdd={({ variantId, name, label }) =>
          onChange([
            ...wishes.filter((one) => one.variantId !== variantId),
            { variantId, name: [name, label].filter(Boolean).join(' · '), quantity: 1 },
          ])
        }
      />
      {wishes.map((one) => (
        <NumberInput
          key={one.variantId}
          label={one.name}
          min={0}
          max={9_999}
          clampBehavior="strict"
          value={one.quantity}
          onChange={(value) =>
            onChange(
              wishes
                .map((each) => (each === one ? { ...one, quantity: Number(value) || 0 } : each))
                .filter(({ quantity }) => quantity > 0),
            )
          }
        />
      ))}
    </Fieldset>
  )
}
