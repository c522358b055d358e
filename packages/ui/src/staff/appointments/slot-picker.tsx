import { Loader, Radio, Select, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Resource } from '@ecluse/contracts/appointments.ts'
import type { Site } from '@ecluse/contracts/channels.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '../../ecluse-provider.tsx'
import { formatDate } from '../../format.ts'
import { apiQuery } from '../api.ts'
import { ErrorNote } from '../error-note.tsx'
import { useWords } from '../words.ts'
import './appointments.css'

export type SlotWish = { date: string; startsAt: string; resourceId: string | null }

type Props = {
  site: Site
  serviceCode: string
  seats: number
  resources: readonly Resource[]
  wish: SlotWish
  onWish: (wish: SlotWish) => void
}

/** A day, an hour that is free then, and with whom or where if that matters. */
export function SlotPicker({ site, serviceCode, seats, resources, wish, onWish }: Props) {
  const t = useWords()
  const { locale } = useLocale()
  const slots = useQuery(
    apiQuery(endpoints.listSlots, {
      params: { code: serviceCode },
      query: { siteId: site.id, from: wish.date, days: 1, seats, locale },
    }),
  )
  const offered = slots.data?.days[0]?.slots ?? []
  const able = resources.filter((resource) => resource.active && resource.serviceCodes.includes(serviceCode))
  return (
    <Stack gap="sm">
      <TextInput
        type="date"
        label={t('ui.appointment.day')}
        value={wish.date}
        onChange={(event) => onWish({ ...wish, date: event.currentTarget.value || wish.date, startsAt: '' })}
      />
      {slots.isError && <ErrorNote error={slots.error} onRetry={() => void slots.refetch()} />}
      {slots.isPending && <Loader size="sm" />}
      {slots.data && offered.length === 0 && <Text c="dimmed">{t('ui.appointment.noSlots')}</Text>}
      {offered.length > 0 && (
        <Radio.Group
          label={t('ui.appointment.hour')}
          value={wish.startsAt}
          onChange={(startsAt) => onWish({ ...wish, startsAt })}
        >
          <div className="ec-slots">
            {offered.map(({ startsAt }) => (
              <Radio key={startsAt} value={startsAt} label={formatDate(startsAt, locale, 'time', site.timeZone)} />
            ))}
          </div>
        </Radio.Group>
      )}
      {able.length > 1 && (
        <Select
          label={t('ui.appointment.with')}
          placeholder={t('ui.appointment.anybody')}
          clearable
          data={able.map(({ id, name }) => ({ value: id, label: name }))}
          value={wish.resourceId}
          onChange={(resourceId) => onWish({ ...wish, resourceId })}
        />
      )}
    </Stack>
  )
}
