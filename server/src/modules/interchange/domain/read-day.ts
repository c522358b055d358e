/** Reads a day as files write it, `2024-03-02` or `02/03/2024`, as `2024-03-02`; null when it is no day of the calendar. */
export function readDay(cell: string): string | null {
  const text = cell.trim()
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(text)
  const french = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text)
  const parts = iso ? [iso[1], iso[2], iso[3]] : french ? [french[3], french[2], french[1]] : null
  if (!parts) return null
  const day = parts.map((part = '') => part.padStart(2, '0')).join('-')
  const date = new Date(`${day}T00:00:00Z`)
  // The 30th of February is written by nobody who means it.
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day ? null : day
}

/** Reads yes or no in either language; null when it is neither, undefined when nothing is said. */
export function readYes(cell: string): boolean | null | undefined {
  const text = cell.trim().toLowerCase()
  if (text === '') return undefined
  if (['oui', 'yes', 'true', 'vrai', '1', 'o', 'y'].includes(text)) return true
  return ['non', 'no', 'false', 'faux', '0', 'n'].includes(text) ? false : null
}
