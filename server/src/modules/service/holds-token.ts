import { timingSafeEqual } from 'node:crypto'
import type { AppointmentRow } from './queries/appointments.ts'

/** Whether a token is that of an appointment. */
export function holds(
  { access_token: right }: Pick<AppointmentRow, 'access_token'>,
  token: string | undefined,
): boolean {
  const [given, expected] = [Buffer.from(token ?? ''), Buffer.from(right)]
  return given.length === expected.length && timingSafeEqual(given, expected)
}
