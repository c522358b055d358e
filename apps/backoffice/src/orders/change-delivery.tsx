import { Fieldset, Select, SimpleGrid, Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ChangeableOrder } from '@ecluse/contracts/order-changes.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatMoney } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import { addressFields, type ChangeValues } from './change-values.ts'

type Props = { changeable: ChangeableOrder; form: UseFormReturnType<ChangeValues> }

/** Another address, another way, another shop, or another window. */
export function ChangeDelivery({ changeable, form }: Props) {
  const t = useT()
  const { deliveryRefusal, addressRefusal, ways } = changeable
  const { method } = form.values
  const open = deliveryRefusal === null
  const methods = [
    'keep' as const,
    ...((open ? ways.delivery : addressRefusal === null) ? (['delivery'] as const) : []),
    ...(open && ways.delivery ? (['window'] as const) : []),
    ...(open && ways.pickups.length > 0 ? (['pickup'] as const) : []),
  ]
  return (
    <Fieldset legend={t('orders.delivery')}>
      {deliveryRefusal && <Text size="sm">{t(`changeOrder.refusal.${deliveryRefusal}`)}</Text>}
      <Select
        label={t('orders.way')}
        data={methods.map((value) => ({ value, label: t(`changeOrder.method.${value}`) }))}
        allowDeselect={false}
        disabled={methods.length === 1}
        {...form.getInputProps('method')}
      />
      {method === 'pickup' && (
        <Select
          label={t('orders.site')}
          data={ways.pickups.map(({ siteId, siteName }) => ({ value: siteId, label: siteName }))}
          searchable
          allowDeselect={false}
          {...form.getInputProps('siteId')}
          error={form.errors['delivery.siteId']}
        />
      )}
      {(method === 'delivery' || method === 'window') && (
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          {addressFields.map((name) => (
            <TextInput
              key={name}
              label={t(`changeOrder.${name}`)}
              {...form.getInputProps(`address.${name}`)}
              error={form.errors[`delivery.address.${name}`]}
            />
          ))}
        </SimpleGrid>
      )}
      {method === 'window' && <WindowSelect changeable={changeable} form={form} />}
    </Fieldset>
  )
}

function WindowSelect({ changeable, form }: Props) {
  const t = useT()
  const { locale } = useLocale()
  const postalCode = form.values.address.postalCode.replace(/\s/g, '')
  const whole = /^\d{5}$/.test(postalCode)
  const offer = useQuery({
    ...apiQuery(endpoints.offerWindows, { query: { orderId: changeable.orderId, postalCode, locale } }),
    enabled: whole,
    staleTime: 0,
  })
  const windows = (offer.data?.days ?? []).flatMap((day) => day.windows)
  const hours = (from: string, until: string): string =>
    `${formatDate(from, locale, 'weekday')}, ${formatDate(from, locale, 'time')} – ${formatDate(until, locale, 'time')}`
  return (
    <Select
      label={t('orders.window')}
      placeholder={whole ? undefined : t('changeOrder.postalFirst')}
      data={windows.map(({ id, startsAt, endsAt, fee }) => ({
        value: id,
        label: `${hours(startsAt, endsAt)} · ${formatMoney(fee, locale)}`,
      }))}
      searchable
      nothingFoundMessage={offer.isFetching ? t('palette.searching') : t('changeOrder.noWindow')}
      {...form.getInputProps('windowId')}
      error={form.errors['delivery.windowId']}
    />
  )
}
