import fc from 'fast-check'
import { expect, test } from 'vitest'
import { callMoment } from './call-hours.ts'

const call = (
  at: string,
  postalCode: string,
  more: { attempts?: string[]; refusals?: string[]; asked?: boolean; consented?: boolean } = {},
  country = 'FR',
) => {
  const dates = (texts: string[] = []) => texts.map((text) => new Date(text))
  const { allowed, reason, from } = callMoment({
    at: new Date(at),
    place: { country, postalCode },
    consented: more.consented ?? true,
    asked: more.asked,
    attempts: dates(more.attempts),
    refusals: dates(more.refusals),
  })
  return allowed ? 'open' : `${reason} ${from?.toISOString().slice(0, 16) ?? 'never'}`
}

test.each([
  ['Tuesday at ten, the first minute', '2026-09-01T10:00+02:00', '75011', 'open'],
  ['one minute before', '2026-09-01T09:59+02:00', '75011', 'hours 2026-09-01T08:00'],
  ['13 o’clock is lunch', '2026-09-01T13:00+02:00', '75011', 'hours 2026-09-01T12:00'],
  ['a moment before it is not', '2026-09-01T12:59:59+02:00', '75011', 'open'],
  ['14 o’clock', '2026-09-01T14:00+02:00', '75011', 'open'],
  ['20 o’clock is over, till tomorrow', '2026-09-01T20:00+02:00', '75011', 'hours 2026-09-02T08:00'],
  ['Friday evening, till Monday', '2026-09-04T21:00+02:00', '75011', 'hours 2026-09-07T08:00'],
  ['Saturday', '2026-09-05T11:00+02:00', '75011', 'hours 2026-09-07T08:00'],
  ['Sunday', '2026-09-06T11:00+02:00', '75011', 'hours 2026-09-07T08:00'],
  ['the clock goes back: Monday at ten is 9 o’clock UTC', '2026-10-24T11:00+02:00', '75011', 'hours 2026-10-26T09:00'],
  ['the clock goes forward: 8 o’clock UTC', '2027-03-26T20:30+01:00', '75011', 'hours 2027-03-30T08:00'],
  ['All Saints’ is a Sunday, Armistice a Wednesday', '2026-11-11T11:00+01:00', '75011', 'hours 2026-11-12T09:00'],
  ['Easter Monday 2027', '2027-03-29T11:00+02:00', '75011', 'hours 2027-03-30T08:00'],
  ['Ascension 2027', '2027-05-06T11:00+02:00', '75011', 'hours 2027-05-07T08:00'],
  ['Whit Monday 2027', '2027-05-17T11:00+02:00', '75011', 'hours 2027-05-18T08:00'],
  ['Good Friday in Paris', '2027-03-26T11:00+01:00', '75011', 'open'],
  ['in Colmar', '2027-03-26T11:00+01:00', '68000', 'hours 2027-03-30T08:00'],
  ['in Metz', '2027-03-26T11:00+01:00', '57000', 'hours 2027-03-30T08:00'],
  ['in Strasbourg', '2027-03-26T11:00+01:00', '67000', 'hours 2027-03-30T08:00'],
  ['26 December in Strasbourg, a Monday in 2033', '2033-12-26T11:00+01:00', '67000', 'hours 2033-12-27T09:00'],
  ['Ajaccio has the clock of Paris', '2026-09-01T10:00+02:00', '20000', 'open'],
  ['Guadeloupe in the morning of Paris sleeps', '2026-09-01T10:00+02:00', '97110', 'hours 2026-09-01T14:00'],
  ['Martinique, 22 May', '2028-05-22T11:00-04:00', '97200', 'hours 2028-05-23T14:00'],
  ['Guadeloupe, 27 May', '2027-05-27T11:00-04:00', '97110', 'hours 2027-05-28T14:00'],
  ['Guyane, 10 June', '2027-06-10T11:00-03:00', '97300', 'hours 2027-06-11T13:00'],
  ['Réunion, 20 December', '2027-12-20T11:00+04:00', '97400', 'hours 2027-12-21T06:00'],
  ['Mayotte, 27 April', '2027-04-27T11:00+03:00', '97600', 'hours 2027-04-28T07:00'],
  ['Saint-Pierre changes its clock with America: summer', '2027-03-15T10:00-02:00', '97500', 'open'],
  ['and winter', '2026-11-02T10:00-03:00', '97500', 'open'],
  ['Nouméa, the evening of Paris is its morning', '2026-09-01T01:00+02:00', '98800', 'open'],
  ['Polynesia: in each of its three zones', '2026-09-01T10:00-10:00', '98714', 'open'],
  ['not while one of them sleeps', '2026-09-01T19:00-10:00', '98714', 'hours 2026-09-02T20:00'],
])('%s', (_, at, postalCode, expected) => expect(call(at, postalCode)).toBe(expected))

test('abroad, by the clock of the country, and by all of them', () => {
  expect(call('2026-09-01T10:00+02:00', 'EC1A 1BB', {}, 'GB')).toBe('hours 2026-09-01T09:00')
  expect(call('2026-09-01T10:00+02:00', '28001', {}, 'ES')).toBe('hours 2026-09-01T09:00')
  // Between New York and Hawaii somebody is always at lunch, or at supper.
  expect(call('2026-09-01T10:00-07:00', '10001', {}, 'US')).toBe('hours never')
  expect(call('2026-09-01T10:00+02:00', '??', {}, 'ZZ')).toBe('open')
})

test('four attempts in thirty calendar days', () => {
  const attempts = [
    '2026-09-01T10:05+02:00',
    '2026-09-02T10:00+02:00',
    '2026-09-10T10:00+02:00',
    '2026-09-11T19:00+02:00',
  ]
  expect(call('2026-09-14T11:00+02:00', '75011', { attempts: attempts.slice(1) })).toBe('open')
  expect(call('2026-09-14T11:00+02:00', '75011', { attempts })).toBe('called_enough 2026-10-01T08:00')
  expect(call('2026-09-30T19:00+02:00', '75011', { attempts })).toBe('called_enough 2026-10-01T08:00')
  expect(call('2026-10-01T10:00+02:00', '75011', { attempts })).toBe('open')
  expect(call('2026-09-14T11:00+02:00', '75011', { attempts, asked: true })).toBe('called_enough 2026-10-01T08:00')
})

test('sixty whole days after a refusal', () => {
  const refusals = ['2026-09-01T11:00+02:00']
  expect(call('2026-09-01T11:01+02:00', '75011', { refusals })).toBe('refused_call 2026-11-02T09:00')
  expect(call('2026-10-30T19:59+01:00', '75011', { refusals })).toBe('refused_call 2026-11-02T09:00')
  expect(call('2026-11-02T10:00+01:00', '75011', { refusals })).toBe('open')
  // Said later than the moment asked about: it was not known then.
  expect(call('2026-08-31T11:00+02:00', '75011', { refusals })).toBe('open')
})

test('from 11 August 2026, only who agreed', () => {
  expect(call('2026-08-10T19:59+02:00', '75011', { consented: false })).toBe('open')
  expect(call('2026-08-10T20:00+02:00', '75011', { consented: false })).toBe('hours never')
  expect(call('2026-08-11T11:00+02:00', '75011', { consented: false })).toBe('no_consent never')
  expect(call('2026-08-11T11:00+02:00', '75011')).toBe('open')
})

test('who asked to be called on a Sunday is', () => {
  expect(call('2026-09-06T11:00+02:00', '75011', { asked: true })).toBe('open')
})

/** Holidays of 2026 and 2027 that are no Sundays, written down: Easter is on 5 April and 28 March. */
const ofFrance = `2026-05-01 2026-05-08 2026-05-14 2026-05-25 2026-07-14 2026-08-15 2026-11-11 2026-12-25 2027-01-01 2027-03-29
  2027-05-01 2027-05-06 2027-05-08 2027-05-17 2027-07-14 2027-11-01 2027-11-11 2027-12-25 2028-01-01`
const places = [
  { code: '75011', zone: 'Europe/Paris', days: ofFrance },
  { code: '67000', zone: 'Europe/Paris', days: `${ofFrance} 2026-12-26 2027-03-26` },
  { code: '97110', zone: 'America/Guadeloupe', days: `${ofFrance} 2026-05-27 2027-05-27` },
  { code: '97500', zone: 'America/Miquelon', days: ofFrance },
  { code: '97400', zone: 'Indian/Reunion', days: `${ofFrance} 2026-12-20 2027-12-20` },
  { code: '98800', zone: 'Pacific/Noumea', days: `${ofFrance} 2026-09-24 2027-09-24` },
]
const minute = 60_000
const dayNumber = (date: string) => Date.parse(`${date}T00:00Z`) / 86_400_000

/** One minute, by the clock of the wall: nothing is worked out ahead. */
function oracleOf({ zone, days }: (typeof places)[number], attempts: readonly Date[], refusals: readonly Date[]) {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  })
  const read = (at: number) => format.format(at).split(', ') as [string, string]
  const dayOf = (at: Date) => dayNumber(read(at.getTime())[0])
  const [tried, refused] = [attempts.map(dayOf), refusals.map(dayOf)]
  return (at: number): boolean => {
    const [date, time] = read(at)
    const day = dayNumber(date)
    const weekday = new Date(`${date}T00:00Z`).getUTCDay()
    if (weekday === 0 || weekday === 6 || days.includes(date)) return false
    if (!((time >= '10:00' && time < '13:00') || (time >= '14:00' && time < '20:00'))) return false
    if (tried.filter((one) => day - one < 30).length >= 4) return false
    return !refused.some((one) => day - one <= 60)
  }
}

test('the same as asking every minute', () => {
  const first = Date.parse('2026-08-11T12:00Z') / minute
  const last = Date.parse('2027-12-01T00:00Z') / minute
  const ago = (from: number, to: number) => fc.integer({ min: from * 1440, max: to * 1440 })
  fc.assert(
    fc.property(
      fc.constantFrom(...places),
      fc.oneof(
        fc.integer({ min: first, max: last }),
        fc.integer({ min: first / 30, max: last / 30 }).map((n) => Math.ceil(n) * 30),
      ),
      fc.array(fc.oneof(ago(22, 32), ago(0, 40)), { maxLength: 5 }),
      fc.option(ago(55, 62)),
      (place, start, tried, refused) => {
        const at = new Date(start * minute)
        const attempts = tried.map((minutes) => new Date(at.getTime() - minutes * minute))
        const refusals = refused === null ? [] : [new Date(at.getTime() - refused * minute)]
        const { allowed, from } = callMoment({
          at,
          place: { country: 'FR', postalCode: place.code },
          consented: true,
          attempts,
          refusals,
        })
        const may = oracleOf(place, attempts, refusals)
        let moment = at.getTime()
        while (!may(moment)) moment += minute
        expect([allowed, from?.toISOString()]).toEqual([moment === at.getTime(), new Date(moment).toISOString()])
      },
    ),
    { numRuns: 60 },
  )
}, 60_000)
