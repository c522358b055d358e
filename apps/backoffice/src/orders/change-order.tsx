import { Alert, Modal, NumberInput, Skeleton, Stack } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ChangeableOrder, OrderChangeSums } from '@ecluse/contracts/order-changes.ts'
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
import { ArticleAdder } from '../quotes/article-adder.tsx'
import { ChangeDelivery } from './change-delivery.tsx'
import { beginChange, changeBodyOf, type ChangeValues } from './change-values.ts'

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
      {found.data && found.isFetchedAfterMount && (
        <ChangeForm changeable={found.data} channel={order.channelCode} onClose={onClose} />
      )}
    </Modal>
  )
}

type Props = { changeable: ChangeableOrder; channel: string; onClose: () => void }

function ChangeForm({ changeable, channel, onClose }: Props) {
  const t = useT()
  const { form, submit, problem, busy } = useChangeForm(changeable, onClose)
  const sums = useSums(changeable, form.values)
  const more = (sums.data?.difference.amountMinor ?? 0) > 0
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormProblem error={problem} />
        {changeable.waiting && <Alert color="yellow">{t('changeOrder.replaces')}</Alert>}
        <Lines changeable={changeable} form={form} />
        {changeable.addRefusal === null && (
          <ArticleAdder
            channel={channel}
            onAdd={({ variantId, name, label }) =>
              form.setFieldValue('add', [
                ...form.values.add.filter((one) => one.variantId !== variantId),
                { variantId, name: [name, label].filter(Boolean).join(' · '), quantity: 1 },
              ])
            }
          />
        )}
        <ChangeDelivery changeable={changeable} form={form} />
        {sums.isError && <FormProblem error={sums.error} />}
        {sums.data && <Difference sums={sums.data} />}
        <FormEnd onCancel={onClose} busy={busy} label={t(more ? 'changeOrder.ask' : 'changeOrder.confirm')} />
      </Stack>
    </form>
  )
}

type Form = UseFormReturnType<ChangeValues>

function Lines({ changeable, form }: { changeable: ChangeableOrder; form: Form }) {
  const t = useT()
  return (
    <>
      {changeable.lines.map((line) => (
        <NumberInput
          key={line.lineId}
          label={[line.name, line.variantLabel].filter(Boolean).join(' · ')}
          description={line.refusal ? t(`changeOrder.refusal.${line.refusal}`) : undefined}
          disabled={line.refusal !== null}
          min={0}
          max={9_999}
          clampBehavior="strict"
          value={form.values.lines[line.lineId] ?? line.quantity}
          onChange={(quantity) =>
            form.setFieldValue('lines', { ...form.values.lines, [line.lineId]: Number(quantity) || 0 })
          }
        />
      ))}
      {form.values.add.map((one, index) => (
        <NumberInput
          key={one.variantId}
          label={t('changeOrder.added', { name: one.name })}
          min={0}
          max={9_999}
          clampBehavior="strict"
          value={one.quantity}
          onChange={(value) => {
            const quantity = Number(value) || 0
            const add = form.values.add.with(index, { ...one, quantity })
            form.setFieldValue(
              'add',
              add.filter((each) => each.quantity > 0),
            )
          }}
        />
      ))}
    </>
  )
}

/** What it comes to, as the server says; asked again when something is typed. */
function useSums(changeable: ChangeableOrder, values: ChangeValues) {
  const [settled] = useDebouncedValue(values, 300)
  const body = endpoints.priceChange.body.safeParse(changeBodyOf(changeable, settled))
  const { orderId } = changeable
  const { data } = body
  const changed = data !== undefined && (data.lines.length > 0 || data.add.length > 0 || data.delivery !== undefined)
  return useQuery({
    queryKey: ['/orders/price-change', orderId, data],
    queryFn: () => call(endpoints.priceChange, { params: { orderId }, body: data as NonNullable<typeof data> }),
    enabled: changed,
    retry: false,
    staleTime: 0,
  })
}

function Difference({ sums: { difference, total } }: { sums: OrderChangeSums }) {
  const t = useT()
  const { locale } = useLocale()
  const minor = difference.amountMinor
  const amount = formatMoney({ ...difference, amountMinor: Math.abs(minor) }, locale)
  const way = minor > 0 ? 'more' : minor < 0 ? 'less' : 'same'
  return (
    <Alert color="gray" role="status">
      {t('changeOrder.newTotal', { total: formatMoney(total, locale) })}{' '}
      {t(`changeOrder.difference.${way}`, { amount })}
    </Alert>
  )
}

function useChangeForm(changeable: ChangeableOrder, onClose: () => void) {
  const t = useT()
  const { orderId } = changeable
  return useCheckedForm({
    initialValues: beginChange(changeable),
    schema: endpoints.changeOrder.body,
    toBody: (values) => changeBodyOf(changeable, values),
    send: (body, idempotencyKey) => call(endpoints.changeOrder, { params: { orderId }, body }, { idempotencyKey }),
    onDone: ({ order: { number }, waiting }) => {
      tellDone(t(waiting ? 'changeOrder.asked' : 'changeOrder.done', { number }))
      onClose()
      void refresh('/orders', '/fulfillments', '/stock', '/today', '/messages', '/delivery-windows')
    },
  })
}
