import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { AgreedHour } from '@ecluse/contracts/kept-hours.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatMoney } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import { OrderHour } from '../companies/order-hour.tsx'
import type { DraftHour, QuotePart } from './quote-draft.ts'

/** An hour in words: the day, from when, until when. */
function useHourWords(): (hour: Pick<DraftHour, 'startsAt' | 'endsAt'>) => string {
  const { locale } = useLocale()
  return ({ startsAt, endsAt }) =>
    `${formatDate(startsAt, locale, 'weekday')}, ${formatDate(startsAt, locale, 'time')} – ${formatDate(endsAt, locale, 'time')}`
}

/** The window a quote is brought in; it is kept for the quote once that is saved. */
export function WindowChoice({ draft, patch }: QuotePart) {
  const t = useT()
  const { locale } = useLocale()
  const words = useHourWords()
  const postalCode = draft.address.postalCode.replace(/\s/g, '')
  const ready = /^\d{5}$/.test(postalCode) && draft.lines.length > 0
  const goods = draft.lines.map(({ variantId, quantity }) => `${variantId}:${quantity}`)
  const offer = useQuery({
    ...apiQuery(endpoints.offerWindows, { query: { channel: draft.channel, goods, postalCode, locale } }),
    enabled: ready,
    staleTime: 0,
    retry: false,
  })
  const windows = (offer.data?.days ?? []).flatMap((day) => day.windows)
  return (
    <HourSelect
      label={t('quotes.window')}
      description={ready ? t('quotes.hour.help') : t('quotes.window.first')}
      nothing={offer.isFetching ? t('palette.searching') : t('changeOrder.noWindow')}
      chosen={draft.window}
      hours={windows.map(({ id, startsAt, endsAt }) => ({ id, startsAt, endsAt }))}
      labelOf={(hour) => {
        const fee = windows.find(({ id }) => id === hour.id)?.fee
        return [words(hour), fee && formatMoney(fee, locale)].filter(Boolean).join(' · ')
      }}
      onChange={(window) => patch({ window })}
    />
  )
}

/** The time at the drive of a shop that has one. */
export function SlotChoice({ draft, patch, siteId }: QuotePart & { siteId: string }) {
  const t = useT()
  const { locale } = useLocale()
  const words = useHourWords()
  const offer = useQuery({
    ...apiQuery(endpoints.offerDriveSlots, { query: { channel: draft.channel, siteId, locale } }),
    staleTime: 0,
    retry: false,
  })
  const slots = (offer.data?.sites ?? []).flatMap(({ days }) => days.flatMap((day) => day.slots))
  if (slots.length === 0 && draft.slot === null) return null
  return (
    <HourSelect
      label={t('quotes.slot')}
      description={t('quotes.hour.help')}
      nothing={t('list.nothing')}
      chosen={draft.slot}
      hours={slots}
      labelOf={words}
      onChange={(slot) => patch({ slot })}
    />
  )
}

type SelectProps = {
  label: string
  description: string
  nothing: string
  chosen: DraftHour | null
  hours: readonly DraftHour[]
  labelOf: (hour: DraftHour) => string
  onChange: (hour: DraftHour | null) => void
}

/** Hours that are free, and the one that is kept for this quote already: it is offered to nobody else. */
function HourSelect({ label, description, nothing, chosen, hours, labelOf, onChange }: SelectProps) {
  const all = chosen && !hours.some(({ id }) => id === chosen.id) ? [chosen, ...hours] : hours
  return (
    <Select
      className="bo-quote-wide"
      label={label}
      description={description}
      data={all.map((hour) => ({ value: hour.id, label: labelOf(hour) }))}
      searchable
      clearable
      nothingFoundMessage={nothing}
      value={chosen?.id ?? null}
      onChange={(id) => {
        const hour = all.find((one) => one.id === id)
        onChange(hour ? { id: hour.id, startsAt: hour.startsAt, endsAt: hour.endsAt } : null)
      }}
    />
  )
}

/** The hour of a service that goes with an article of the quote. */
export function QuoteAppointment({ draft, patch }: QuotePart) {
  return (
    <OrderHour
      productIds={draft.lines.flatMap(({ productId }) => productId ?? [])}
      from={null}
      hour={draft.appointment}
      onChange={(appointment) => patch({ appointment })}
    />
  )
}

/** The hours that were agreed upon, and until when each is kept. */
export function AgreedHours({ hours, open }: { hours: readonly AgreedHour[]; open: boolean }) {
  const t = useT()
  const { locale } = useLocale()
  const words = useHourWords()
  if (hours.length === 0) return null
  return (
    <ul className="bo-plain-list">
      {hours.map((hour) => (
        <li key={hour.kind} className="bo-wrap">
          {[hour.name ?? t(hour.kind === 'window' ? 'quotes.window' : 'quotes.slot'), hour.siteName, words(hour)]
            .filter(Boolean)
            .join(' · ')}
          {open && (
            <span className="bo-quiet bo-block">
              {hour.heldUntil === null
                ? t('quotes.hour.lapsed')
                : t('quotes.hour.until', { date: formatDate(hour.heldUntil, locale, 'dateTime') })}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
