import { useState } from 'react'
import { NativeSelect, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { CompanyPurchase } from '@ecluse/contracts/company-orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { dateIn } from '@ecluse/ui/staff/appointments/calendar-data.ts'
import { SlotPicker } from '@ecluse/ui/staff/appointments/slot-picker.tsx'
import { useT } from '../app/i18n.ts'
import { useSites } from '../network/use-channels.ts'

export type ChosenHour = NonNullable<CompanyPurchase['appointment']>

type Props = {
  /** What is bought: services that go with it are offered. */
  productIds: readonly string[]
  /** When the articles are there: nothing is offered before. */
  from: string | null
  hour: ChosenHour | null
  onChange: (hour: ChosenHour | null) => void
}

/** The hour of a service that goes with what is ordered on the telephone; nothing for most orders. */
export function OrderHour({ productIds, from, hour, onChange }: Props) {
  const t = useT()
  const { locale } = useLocale()
  const services = useQuery(apiQuery(endpoints.listServices, { query: { locale } })).data?.items ?? []
  const offered = services.filter(
    ({ active, siteIds, productIds: of }) => active && siteIds.length > 0 && of.some((id) => productIds.includes(id)),
  )
  const [chosen, setChosen] = useState(hour?.service ?? '')
  const [siteId, setSiteId] = useState(hour?.siteId ?? '')
  const service = offered.find(({ code }) => code === chosen)
  const sites = useSites().filter(({ id }) => service?.siteIds.includes(id))
  const site = sites.find(({ id }) => id === siteId) ?? (sites.length === 1 ? sites[0] : undefined)
  const [date, setDate] = useState<string | null>(null)
  if (offered.length === 0) return null
  const first = site ? dateIn(site.timeZone, new Date(from ?? Date.now())) : ''
  return (
    <Stack gap="sm">
      <NativeSelect
        label={t('companies.order.service')}
        data={[
          { value: '', label: t('companies.order.service.none') },
          ...offered.map(({ code, name }) => ({ value: code, label: name[locale] || name.fr })),
        ]}
        value={chosen}
        onChange={(event) => {
          setChosen(event.currentTarget.value)
          onChange(null)
        }}
      />
      {service && sites.length > 1 && (
        <NativeSelect
          label={t('calls.book.site')}
          data={[
            { value: '', label: t('calls.book.choose') },
            ...sites.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={siteId}
          onChange={(event) => {
            setSiteId(event.currentTarget.value)
            onChange(null)
          }}
        />
      )}
      {service && site && (
        <SlotPicker
          site={site}
          serviceCode={service.code}
          seats={1}
          // Whoever is free serves it: a person is not chosen with an order.
          resources={[]}
          wish={{ date: date ?? first, startsAt: hour?.startsAt ?? '', resourceId: null }}
          onWish={(wish) => {
            setDate(wish.date)
            onChange(wish.startsAt ? { service: service.code, siteId: site.id, startsAt: wish.startsAt } : null)
          }}
        />
      )}
    </Stack>
  )
}
