import { expect, test } from 'vitest'
import { contactRulesEvaluation } from './contact-rules.ts'
import { EvaluationError } from './evaluation-options.ts'
import { askEvaluation } from './test/ask-evaluation.ts'

const solve = async (set: string) => (await askEvaluation(contactRulesEvaluation, [], { set })).results

test('a text message: its parts and price', async () => {
  const text = `L’offre du jour : 5 €`
  const found = await solve(`model=sms;text=${text};to=+33612345678;prices=+33:0.045 +336:0.0415`)
  expect(found).toMatchObject({ parts: 1, units: 21, units_left: 49, ucs2: 1, foreign: 1, one_part: 1, price: 0.0415 })
  await expect(solve('model=sms;text=a;to=+33;prices=+33')).rejects.toThrow(EvaluationError)
})

test('an answer to one', async () => {
  expect(await solve('model=stop;text=Stop au 36111 svp')).toEqual({ stop: 1, start: 0 })
  expect(await solve('model=stop;text=non stop')).toEqual({ stop: 0, start: 0 })
})

test('a call, and a text message, by the clock of the person', async () => {
  const call = 'model=call;at=2026-09-05T11:00+02:00;postal_code=75011'
  expect(await solve(call)).toEqual({ allowed: 0, wait_minutes: 47 * 60 })
  expect(await solve(`${call};asked=1`)).toEqual({ allowed: 1, wait_minutes: 0 })
  expect(await solve(`${call};consented=0`)).toEqual({ allowed: 0, wait_minutes: -1 })
  expect(await solve('model=quiet;medium=sms;at=2026-09-01T10:00+02:00;postal_code=97200')).toEqual({
    allowed: 0,
    wait_minutes: 240,
  })
  await expect(solve('model=call;at=2026-09-05')).rejects.toThrow(EvaluationError)
  await expect(solve('model=quiet;medium=pigeon;at=2026-09-05T11:00Z')).rejects.toThrow(EvaluationError)
})

test('the address of a letter', async () => {
  const to = 'model=address;recipient=Chloé Lefèvre;postal_code=35400;locality=Saint-Malo'
  expect(await solve(`${to};street=12, rue de l’Église`)).toEqual({ fits: 1, lines: 3, shortened: 0 })
  expect(await solve(`${to};street=120 boulevard du Maréchal Jean de Lattre de Tassigny`)).toMatchObject({
    shortened: 1,
  })
  expect(await solve(`${to};street=${'x'.repeat(39)}`)).toEqual({ fits: 0, lines: 0, shortened: 0 })
})

test('how long somebody is kept', async () => {
  const set =
    'model=retention;known_since=2020-01-01T12:00Z;happenings=order@2023-12-10T12:00Z message_opened@2026-10-01T12:00Z'
  const asked = await solve(`${set};at=2026-11-22T00:00Z;accounting=2023-12-10T12:00Z`)
  expect(asked).toEqual({ ask: 1, erase: 0, days_until_asked: -12, days_until_erased: 18, days_records_kept: 2_596 })
  expect(await solve(`${set};at=2026-12-10T12:00Z`)).toMatchObject({ ask: 0, erase: 1 })
  expect(await solve(`${set} click@2026-10-01T12:00Z;at=2026-12-10T12:00Z`)).toMatchObject({ ask: 0, erase: 0 })
  await expect(solve(`${set} dance@2026-10-01T12:00Z;at=2026-12-10T12:00Z`)).rejects.toThrow(EvaluationError)
})
