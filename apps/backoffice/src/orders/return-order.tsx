import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { refundFor } from '@ecluse/contracts/carriage.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { isChangeOfMind } from '@ecluse/contracts/returns.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatMoney } from '@ecluse/ui/format.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { useMySites } from '@ecluse/ui/staff/session.tsx'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'
import { ReturnLine, type ReturnLineValues } from './return-line.tsx'

/** Takes articles back into a shop, whichever channel sold them, and refunds the means of payment. */
export function ReturnOrder({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useT()
  const { locale } = useLocale()
  const sites = useMySites().filter(({ kind }) => kind !== 'office' && kind !== 'supplier')
  const lines = order.lines.filter(
    (line) => line.downloadFrom === null && line.fulfilledQuantity > line.returnedQuantity,
  )
  const excepted = lines.some((line) => line.withdrawalException !== null)
  const { form, submit, problem, busy } = useReturnForm(order, lines, sites[0]?.id, onClose)
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('returns.title', { number: order.number })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <FormProblem error={problem ?? form.errors['lines']} />
          {lines.map((line) => (
            <ReturnLine
              key={line.id}
              {...{ orderId: order.id, line }}
              values={form.values.lines[line.id] ?? emptyLine}
              onChange={(values) => form.setFieldValue('lines', { ...form.values.lines, [line.id]: values })}
            />
          ))}
          <Select
            label={t('returns.site')}
            data={sites.map(({ id, name }) => ({ value: id, label: name }))}
            searchable
            value={form.values.siteId || (sites[0]?.id ?? null)}
            onChange={(siteId) => form.setFieldValue('siteId', siteId ?? '')}
            error={form.errors['siteId']}
          />
          {(isLate(order) || excepted) && (
            <TextInput
              label={t('returns.lateReason')}
              description={
                isLate(order)
                  ? t('returns.late', { date: formatDate(order.returnUntil ?? '', locale, 'dayLong') })
                  : t('returns.excepted')
              }
              maxLength={300}
              {...form.getInputProps('lateReason')}
            />
          )}
          <RefundAhead order={order} values={form.values.lines} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app.cancel')}
            </Button>
            <Button
              type="submit"
              color="red"
              loading={busy}
              disabled={Object.values(form.values.lines).every(({ quantity }) => quantity === 0)}
            >
              {t('returns.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** What will be given back, with what of it is carriage. */
function RefundAhead({ order, values }: { order: Order; values: Readonly<Record<string, ReturnLineValues>> }) {
  const t = useT()
  const { locale } = useLocale()
  const units = Object.entries(values).map(([lineId, { quantity, reason }]) => ({
    lineId,
    quantity,
    byChoice: isChangeOfMind(reason),
  }))
  const { goodsMinor, carriageMinor, surchargeKeptMinor } = refundFor(
    order,
    units.filter(({ quantity }) => quantity > 0),
  )
  const words = (amountMinor: number) => formatMoney({ amountMinor, currency: 'EUR' }, locale)
  if (goodsMinor + carriageMinor === 0) return <Text>{t('returns.choose')}</Text>
  return (
    <Text>
      {t('returns.refund', { amount: words(goodsMinor + carriageMinor) })}{' '}
      {carriageMinor > 0 && t('returns.carriage', { amount: words(carriageMinor) })}{' '}
      {surchargeKeptMinor > 0 && t('returns.surcharge', { amount: words(surchargeKeptMinor) })}
    </Text>
  )
}

/** The form of a return; a shop not chosen is the first one this person works in. */
function useReturnForm(order: Order, lines: Order['lines'], firstSiteId: string | undefined, onClose: () => void) {
  const t = useT()
  const { locale } = useLocale()
  return useCheckedForm({
    initialValues: {
      siteId: order.delivery.siteId ?? '',
      lateReason: '',
      lines: Object.fromEntries(lines.map(({ id }) => [id, emptyLine])),
    },
    schema: endpoints.createReturn.body,
    toBody: (values) => ({
      siteId: values.siteId || firstSiteId,
      ...(values.lateReason.trim() === '' ? {} : { lateReason: values.lateReason }),
      lines: Object.entries(values.lines)
        .filter(([, line]) => line.quantity > 0)
        .map(([lineId, line]) => ({ lineId, ...line })),
    }),
    send: (body, idempotencyKey) =>
      call(endpoints.createReturn, { params: { orderId: order.id }, body }, { idempotencyKey }),
    onDone: ({ number, refund }) => {
      tellDone(t('returns.done', { number, amount: formatMoney(refund, locale) }))
      onClose()
      void refresh('/orders', '/fulfillments', '/stock', '/today', '/messages')
    },
  })
}

const isLate = ({ returnUntil }: Order): boolean => returnUntil !== null && Date.parse(returnUntil) < Date.now()

const emptyLine: ReturnLineValues = { quantity: 0, reason: 'changed_mind', disposition: 'restock', lots: [] }
