import type { DeliveryZone, PutZoneBody, WindowTemplate } from '@ecluse/contracts/windows.ts'

/** One hour of the week in the form: what all its days share, and how many deliveries each day takes. */
export type HourDraft = { from: string; cutOffHours: number; feeEuros: number | ''; capacities: (number | '')[] }

export type ZoneDraft = {
  code: string
  name: string
  placeId: string
  serviceMinutes: number
  active: boolean
  /** Postal codes, or their first digits, one a line; latitude and longitude may follow. */
  areas: string
  hours: HourDraft[]
}

const weekdays = [1, 2, 3, 4, 5, 6, 7]

/** A zone as its form shows it. */
export function draftOf(zone: DeliveryZone | undefined): ZoneDraft {
  const hours = [...new Set(zone?.template.map(({ from }) => from))].sort()
  return {
    code: zone?.code ?? '',
    name: zone?.name ?? '',
    placeId: zone?.placeId ?? '',
    serviceMinutes: zone?.serviceMinutes ?? 10,
    active: zone?.active ?? true,
    areas: (zone?.areas ?? [])
      .map(({ prefix, coordinates: at }) => (at ? `${prefix} ${at.latitude} ${at.longitude}` : prefix))
      .join('\n'),
    hours: hours.map((from): HourDraft => {
      const same = zone?.template.filter((one) => one.from === from) ?? []
      return {
        from,
        cutOffHours: same[0]?.cutOffHours ?? 12,
        feeEuros: same[0]?.feeMinor == null ? '' : same[0].feeMinor / 100,
        capacities: weekdays.map((weekday) => same.find((one) => one.weekday === weekday)?.capacity ?? ''),
      }
    }),
  }
}

/** A new hour, two hours after the last. */
export function nextHour(hours: readonly HourDraft[]): HourDraft {
  const last = hours.at(-1)
  const from = last ? Math.min(22, Number(last.from.slice(0, 2)) + 2) : 8
  return {
    from: `${String(from).padStart(2, '0')}:00`,
    cutOffHours: last?.cutOffHours ?? 12,
    feeEuros: last?.feeEuros ?? '',
    capacities: last ? [...last.capacities] : [4, 4, 4, 4, 4, '', ''],
  }
}

/** The form as the API takes it; `centre` is where addresses are taken to be that no line says better. */
export function bodyOf(draft: ZoneDraft, centre: PutZoneBody['centre']): PutZoneBody {
  const areas = draft.areas
    .split(/[\n,;]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [prefix = '', latitude, longitude] = line.split(/\s+/)
      const coordinates =
        latitude !== undefined && longitude !== undefined
          ? { latitude: Number(latitude), longitude: Number(longitude) }
          : null
      return { prefix, coordinates }
    })
  const template = draft.hours.flatMap(({ from, cutOffHours, feeEuros, capacities }) =>
    weekdays.flatMap((weekday, index): WindowTemplate[] => {
      const capacity = capacities[index]
      if (capacity === '' || capacity === undefined) return []
      return [{ weekday, from, capacity, cutOffHours, feeMinor: feeEuros === '' ? null : Math.round(feeEuros * 100) }]
    }),
  )
  const { name, placeId, serviceMinutes, active } = draft
  return { name, placeId, serviceMinutes, active, centre, areas, template }
}
