/** An instant as a field of date and time writes it: in the time of this device, without a zone. */
export function toLocalTime(instant: string): string {
  const date = new Date(instant)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** The instant of a field of date and time; undefined while it is empty or half written. */
export function atLocalTime(typed: string): string | undefined {
  const date = new Date(typed)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
