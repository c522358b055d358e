import { Alert, Fieldset, Modal, NumberInput, SimpleGrid, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ChangeableOrder } from '@ecluse/contracts/order-changes.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney } from '@ecluse/ui/format.ts'
import { apiQuery, call, refresh } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'

/** Changes an order that is not prepared yet, and says what cannot be changed any more and why. */
export function ChangeOrder({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useT()
  const { locale } = useLocale()
  const found = useQuery({
    ...apiQuery(endpoints.getChangeable, { params: { orderId: order.id }, query: { locale } }),
    staleTime: 0,
  })
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('changeOrder.title', { number: order.number })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {found.isError && <ErrorNote error={found.error} onRetry={() => void found.refetch()} />}
      {!found.isFetchedAfterMount && !found.isError && <Skeleton height={220} />}
      {found.data && found.isFetchedAfterMount && <ChangeForm changeable={found.data} onClose={onClose} />}
    </Modal>
  )
}

const fields = ['name', 'street', 'street2', 'postalCode', 'locality'] as const

function ChangeForm({ changeable, onClose }: { changeable: ChangeableOrder; onClose: () => void }) {
  const t = useT()
  const { locale } = useLocale()
  const { form, submit, problem, busy } = useChangeForm(changeable, onClose)
  const minor = changeable.lines.reduce(
    (sum, line) =>
      sum + (line.quantity - (form.values.lines[line.lineId] ?? line.quantity)) * line.unitPrice.amountMinor,
    0,
  )
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormProblem error={problem} />
        {changeable.lines.map((line) => (
          <NumberInput
            key={line.lineId}
            label={[line.name, line.variantLabel].filter(Boolean).join(' · ')}
            description={line.refusal ? t(`changeOrder.refusal.${line.refusal}`) : undefined}
            disabled={line.refusal !== null}
            min={0}
            max={line.quantity}
            clampBehavior="strict"
            value={form.values.lines[line.lineId] ?? line.quantity}
            onChange={(quantity) =>
              form.setFieldValue('lines', { ...form.values.lines, [line.lineId]: Number(quantity) || 0 })
            }
          />
        ))}
        {changeable.address && (
          <Fieldset legend={t('orders.delivery')} disabled={changeable.addressRefusal !== null}>
            {changeable.addressRefusal && (
              <Text size="sm">{t(`changeOrder.refusal.${changeable.addressRefusal}`)}</Text>
            )}
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              {fields.map((name) => (
                <TextInput key={name} label={t(`changeOrder.${name}`)} {...form.getInputProps(`address.${name}`)} />
              ))}
            </SimpleGrid>
          </Fieldset>
        )}
        {minor > 0 && (
          <Alert color="gray">
            {t('changeOrder.refund', { amount: formatMoney({ amountMinor: minor, currency: 'EUR' }, locale) })}
          </Alert>
        )}
        <FormEnd onCancel={onClose} busy={busy} label={t('changeOrder.confirm')} />
      </Stack>
    </form>
  )
}

function useChangeForm(changeable: ChangeableOrder, onClose: () => void) {
  const t = useT()
  const { orderId, revision, address, addressRefusal, lines } = changeable
  const before = { name: '', street: '', street2: '', postalCode: '', locality: '', ...address }
  return useCheckedForm({
    initialValues: { lines: Object.fromEntries(lines.map((line) => [line.lineId, line.quantity])), address: before },
    schema: endpoints.changeOrder.body,
    toBody: (values) => {
      const { street2, ...rest } = values.address
      const moved = addressRefusal === null && fields.some((name) => values.address[name] !== before[name])
      return {
        revision,
        lines: lines
          .filter(({ lineId, quantity }) => values.lines[lineId] !== quantity)
          .map(({ lineId }) => ({ lineId, quantity: values.lines[lineId] })),
        ...(moved ? { address: { ...rest, ...(street2.trim() === '' ? {} : { street2 }) } } : {}),
      }
    },
    send: (body, idempotencyKey) => call(endpoints.changeOrder, { params: { orderId }, body }, { idempotencyKey }),
    onDone: ({ number }) => {
      tellDone(t('changeOrder.done', { number }))
      onClose()
      void refresh('/orders', '/fulfillments', '/stock', '/today', '/messages')
    },
  })
}
