import type { Service } from '@ecluse/contracts/appointments.ts'

const weekdays = ['lu', 'ma', 'me', 'je', 've', 'sa', 'di'] as const
const english = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const

/** The code of a service, from its name: letters without accents, digits and dashes. */
export function codeOf(name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
  return (
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40)
      .replace(/-+$/, '') || 'service'
  )
}

/** Weekly times as they are typed: “sa 10:00, me 18:30”. */
export function startsText(starts: Service['starts']): string {
  return (starts ?? []).map(({ weekday, at }) => `${weekdays[weekday - 1]} ${at}`).join(', ')
}

/** Reads them; null when there are none, undefined when one makes no sense. French and English days are read. */
export function startsOf(text: string): Service['starts'] | undefined {
  const parts = text
    .split(/[,;]/)
    .map((part) => part.trim().toLowerCase())
    .filter(Boolean)
  if (parts.length === 0) return null
  const starts = parts.map((part) => {
    const [, day = '', hour = '', minute = ''] = /^([a-zé]{2})[a-zé]*\.? *(\d{1,2})[:h](\d{2})$/.exec(part) ?? []
    const inFrench = (weekdays as readonly string[]).indexOf(day)
    const weekday = (inFrench < 0 ? (english as readonly string[]).indexOf(day) : inFrench) + 1
    return weekday > 0 && Number(hour) < 24 && Number(minute) < 60
      ? { weekday, at: `${hour.padStart(2, '0')}:${minute}` }
      : undefined
  })
  return starts.every((start) => start !== undefined) ? starts : undefined
}
