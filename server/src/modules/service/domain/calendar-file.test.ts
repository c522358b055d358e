import { expect, test } from 'vitest'
import { calendarFile, type CalendarEvent } from './calendar-file.ts'

const event: CalendarEvent = {
  id: '0195-1',
  domain: 'alize.example',
  sequence: 2,
  cancelled: false,
  startsAt: new Date('2026-03-02T09:00:00Z'),
  endsAt: new Date('2026-03-02T09:45:00Z'),
  writtenAt: new Date('2026-03-01T08:00:00.123Z'),
  summary: 'Étude posturale, vélo',
  description: 'Venez avec vos chaussures ;\nvotre code : 7K4M-9QXD',
  location: 'Alizé Nantes, 14 quai des Gabarres, 44000 Nantes, une adresse assez longue pour être pliée',
  url: 'https://alize.example/rendez-vous/1?token=a',
  organiser: 'Alizé',
}

test('is lines of at most 75 octets ended by CRLF, folded between characters, with text escaped', () => {
  const file = calendarFile(event)
  expect(file.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true)
  expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true)
  for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  const unfolded = file.replaceAll('\r\n ', '')
  expect(unfolded).toContain('SUMMARY:Étude posturale\\, vélo\r\n')
  expect(unfolded).toContain('DESCRIPTION:Venez avec vos chaussures \\;\\nvotre code : 7K4M-9QXD\r\n')
  expect(unfolded).toContain('DTSTART:20260302T090000Z\r\nDTEND:20260302T094500Z\r\n')
  expect(unfolded).toContain('DTSTAMP:20260301T080000Z\r\n')
  expect(unfolded).toContain(event.location.replaceAll(',', '\\,'))
})

test('keeps its name and grows its sequence when moved; a cancelled one says so', () => {
  const file = calendarFile({ ...event, cancelled: true })
  expect(file).toContain('UID:0195-1@alize.example\r\nSEQUENCE:2\r\n')
  expect(file).toContain('STATUS:CANCELLED\r\n')
  expect(file).not.toContain('VALARM')
})
