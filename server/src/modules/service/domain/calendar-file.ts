/** What a calendar is told of an appointment. */
export type CalendarEvent = {
  readonly id: string
  readonly domain: string
  readonly sequence: number
  readonly cancelled: boolean
  readonly startsAt: Date
  readonly endsAt: Date
  readonly writtenAt: Date
  readonly summary: string
  readonly description: string
  readonly location: string
  readonly url: string
  readonly organiser: string
}

/** An appointment as an iCalendar file with one event (RFC 5545): times in UTC, lines ended and folded as it asks (3.1). */
export function calendarFile(event: CalendarEvent): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//${textOf(event.organiser)}//Rendez-vous//FR`,
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${event.id}@${event.domain}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${instantOf(event.writtenAt)}`,
    `DTSTART:${instantOf(event.startsAt)}`,
    `DTEND:${instantOf(event.endsAt)}`,
    `SUMMARY:${textOf(event.summary)}`,
    `DESCRIPTION:${textOf(event.description)}`,
    `LOCATION:${textOf(event.location)}`,
    `URL:${event.url}`,
    `STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    ...(event.cancelled
      ? []
      : ['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${textOf(event.summary)}`, 'TRIGGER:-PT1H', 'END:VALARM']),
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${fold(line)}\r\n`).join('')
}

/** `20260302T090000Z` */
function instantOf(at: Date): string {
  return at.toISOString().replace(/[-:]|\.\d{3}/g, '')
}

/** A value of type TEXT (3.3.11). */
function textOf(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n')
}

/** No line is longer than 75 octets; none is cut inside a character (3.1). */
function fold(line: string): string {
  const parts: string[] = []
  let part = ''
  for (const character of line) {
    if (Buffer.byteLength(part + character) > (parts.length === 0 ? 75 : 74)) {
      parts.push(part)
      part = ''
    }
    part += character
  }
  return [...parts, part].join('\r\n ')
}
