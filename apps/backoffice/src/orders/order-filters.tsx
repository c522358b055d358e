import { TextInput } from '@mantine/core'
import { deliveryMethods } from '@ecluse/contracts/carts.ts'
import { paymentStates } from '@ecluse/contracts/order-payments.ts'
import { documentStates, fulfillmentStates } from '@ecluse/contracts/orders.ts'
import { useMySites } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import type { OrdersSearch } from '../app/search.ts'
import { FilterSelect } from '../list/filter-select.tsx'
import { useChannelName, useChannels } from '../network/use-channels.ts'

export function OrderFilters({
  search,
  onSearch,
}: {
  search: OrdersSearch
  onSearch: (patch: Partial<OrdersSearch>) => void
}) {
  const t = useT()
  const channels = useChannels()
  const channelName = useChannelName()
  const sites = useMySites()
  return (
    <>
      <FilterSelect
        label={t('orders.fulfillment')}
        value={search.fulfillment}
        options={fulfillmentStates.map((value) => ({ value, label: t(`fulfillment.${value}`) }))}
        onChange={(fulfillment) => onSearch({ fulfillment })}
      />
      <FilterSelect
        label={t('orders.document')}
        value={search.document}
        options={documentStates.map((value) => ({ value, label: t(`document.${value}`) }))}
        onChange={(document) => onSearch({ document })}
      />
      <FilterSelect
        label={t('orders.payment')}
        value={search.payment}
        options={paymentStates.map((value) => ({ value, label: t(`payment.${value}`) }))}
        onChange={(payment) => onSearch({ payment })}
      />
      <FilterSelect
        label={t('orders.channel')}
        value={search.channel}
        options={channels.map(({ code }) => ({ value: code, label: channelName(code) }))}
        searchable
        onChange={(channel) => onSearch({ channel })}
      />
      <FilterSelect
        label={t('orders.delivery')}
        value={search.delivery}
        options={deliveryMethods.map((value) => ({ value, label: t(`delivery.${value}`) }))}
        onChange={(delivery) => onSearch({ delivery })}
      />
      <FilterSelect
        label={t('orders.site')}
        value={search.site}
        options={sites.map(({ id, name }) => ({ value: id, label: name }))}
        searchable
        onChange={(site) => onSearch({ site })}
      />
      <DateFilter label={t('orders.from')} value={search.from} onChange={(from) => onSearch({ from })} />
      <DateFilter label={t('orders.until')} value={search.until} onChange={(until) => onSearch({ until })} />
    </>
  )
}

function DateFilter({
  label,
  value,
  onChange,
}: {
  label: string
  value: string | undefined
  onChange: (value: string | undefined) => void
}) {
  return (
    <TextInput
      className="bo-filter"
      type="date"
      label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  )
}
