/** Dates of calendars are texts such as `2026-03-02`; they are moved in UTC, where every day has 24 hours. */

const dayMs = 86_400_000

/** Today's date in France. */
function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(new Date())
}

/** A date so many days later. */
export function plusDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}

/** The seven dates from one on. */
export function weekFrom(first: string): string[] {
  return Array.from({ length: 7 }, (_, index) => plusDays(first, index))
}

/** A date that is one, or today. */
export function dateOr(text: string | undefined): string {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : today()
}
