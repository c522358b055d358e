const days = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris', dateStyle: 'short' })

/** The company's day at an instant, as `2026-03-01`. Documents of stock are dated by it, wherever the place is. */
export function companyDay(now: Date): string {
  return days.format(now)
}
