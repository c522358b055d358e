import { media, type Medium } from '@ecluse/contracts/consents.ts'
import {
  addressBlock,
  callMoment,
  guardOnePart,
  happeningKinds,
  partsOf,
  priceOf,
  quietMoment,
  retentionOf,
  wishOf,
  type ContactMoment,
  type Happening,
  type LegalRecord,
} from '../modules/engagement/public.ts'
import { caseOptions, solveCases, type Case } from './cases.ts'
import { EvaluationError } from './evaluation-options.ts'
import type { EvaluationKind } from './evaluation.ts'

type Tell = (line: string) => void

/** `npx ecluse evaluate contact-rules [FILES]`: what the rules of contact answer to each case. */
export const contactRulesEvaluation: EvaluationKind = {
  help: 'cli.evaluate.contact_rules.help',
  options: caseOptions,
  run: (request) => {
    const tell: Tell = (line) => request.progress(line)
    return solveCases(request, {
      sms: (one) => solveSms(one, tell),
      stop: (one) => solveStop(one, tell),
      call: (one) => solveCall(one, tell),
      address: (one) => solveAddress(one, tell),
      retention: (one) => solveRetention(one, tell),
      quiet: (one) => tellMoment(one, quietMoment(mediumOf(one), dateOf(one, 'at'), placeOf(one)), tell),
    })
  },
}

function solveSms(one: Case, tell: Tell): Record<string, number> {
  const { encoding, parts, units, unitsLeft, foreign, text } = partsOf(one.text('', 'text'))
  const { fits, excess, fixed, fixedFits } = guardOnePart(text)
  for (const { character, instead } of foreign) tell(`${character} → ${instead === '' ? '–' : instead}`)
  if (fixed !== text) tell(fixed)
  const price = one.has('prices') ? priceOf(parts, one.text('', 'to'), one.words('prices').map(readPrice)) : null
  return {
    parts,
    units,
    units_left: unitsLeft,
    ucs2: Number(encoding === 'UCS-2'),
    foreign: foreign.length,
    one_part: Number(fits),
    excess,
    one_part_fixed: Number(fixedFits),
    ...(price === null ? {} : { price: price / 1_000_000 }),
  }
}

/** `+336:0.0415`. */
function readPrice(text: string): { prefix: string; millionths: number } {
  const [prefix = '', price = ''] = text.split(':')
  const millionths = Math.round(Number(price) * 1_000_000)
  if (price === '' || !Number.isFinite(millionths)) throw badTerm('prices', text)
  return { prefix, millionths }
}

function solveStop(one: Case, tell: Tell): Record<string, number> {
  const text = one.text('', 'text')
  const wish = wishOf(text)
  tell(`${JSON.stringify(text)}: ${wish}`)
  return { stop: Number(wish === 'stop'), start: Number(wish === 'start') }
}

function solveCall(one: Case, tell: Tell): Record<string, number> {
  const moment = callMoment({
    at: dateOf(one, 'at'),
    place: placeOf(one),
    consented: one.numberOr(1, 'consented') !== 0,
    asked: one.numberOr(0, 'asked') !== 0,
    attempts: datesOf(one, 'attempts'),
    refusals: datesOf(one, 'refusals'),
  })
  return tellMoment(one, moment, tell)
}

/** `wait_minutes`: how long until then; -1 where that never comes. */
function tellMoment(one: Case, { allowed, reason, from }: ContactMoment, tell: Tell): Record<string, number> {
  tell(`${one.name} ${reason} ${from?.toISOString() ?? '–'}`.trim())
  const wait = from === null ? -1 : Math.ceil((from.getTime() - dateOf(one, 'at').getTime()) / 60_000)
  return { allowed: Number(allowed), wait_minutes: wait }
}

function solveAddress(one: Case, tell: Tell): Record<string, number> {
  const answer = addressBlock({
    name: one.text('', 'recipient'),
    street: one.text('', 'street'),
    street2: one.text('', 'street2'),
    postalCode: one.text('', 'postal_code', 'postalCode'),
    locality: one.text('', 'locality'),
    country: one.text('FR', 'country'),
  })
  if ('fault' in answer) {
    tell(`${one.name} ${answer.fault}: ${answer.line}`.trim())
    return { fits: 0, lines: 0, shortened: 0 }
  }
  for (const line of answer.lines) tell(line)
  return { fits: 1, lines: answer.lines.length, shortened: Number(answer.shortened) }
}

/** Days from `at` until they are asked, erased, and their records are let go; negative when that is past. */
function solveRetention(one: Case, tell: Tell): Record<string, number> {
  const now = dateOf(one, 'at')
  const amountMinor = Math.round(one.numberOr(0, 'contract_amount') * 100)
  const records: LegalRecord[] = [
    ...datesOf(one, 'accounting').map((at) => ({ kind: 'accounting' as const, at })),
    ...datesOf(one, 'contracts').map((at) => ({ kind: 'contract' as const, at, amountMinor })),
  ]
  const {
    lastActOn,
    askOn,
    eraseOn,
    recordsUntil,
    now: state,
  } = retentionOf({
    now,
    knownSince: dateOf(one, 'known_since'),
    happenings: one.has('happenings') ? one.words('happenings').map(readHappening) : [],
    boundUntil: one.has('bound_until') ? dateOf(one, 'bound_until') : null,
    records,
    yearEnd: one.text('12-31', 'year_end'),
  })
  tell(`${one.name} ${lastActOn} ${askOn} ${eraseOn} ${recordsUntil ?? '–'} ${state}`.trim())
  const daysUntil = (day: string) => Math.ceil((Date.parse(`${day}T00:00Z`) - now.getTime()) / 86_400_000)
  return {
    ask: Number(state === 'ask'),
    erase: Number(state === 'erase'),
    days_until_asked: daysUntil(askOn),
    days_until_erased: daysUntil(eraseOn),
    ...(recordsUntil === null ? {} : { days_records_kept: daysUntil(recordsUntil) }),
  }
}

/** `order@2024-03-05T12:00Z`. */
function readHappening(text: string): Happening {
  const [name = '', at = ''] = text.split('@')
  const kind = happeningKinds.find((known) => known === name)
  if (kind === undefined) throw badTerm('happenings', text)
  return { kind, at: readDate('happenings', at) }
}

const placeOf = (one: Case) => ({
  country: one.text('FR', 'country'),
  postalCode: one.text('', 'postal_code', 'postalCode'),
})

function mediumOf(one: Case): Medium {
  const name = one.text('sms', 'medium')
  const medium = media.find((known) => known === name)
  if (medium === undefined) throw badTerm('medium', name)
  return medium
}

function dateOf(one: Case, name: string): Date {
  return readDate(name, one.text('', name))
}

function datesOf(one: Case, name: string): Date[] {
  return one.has(name) ? one.words(name).map((text) => readDate(name, text)) : []
}

/** With its offset or Z, so that the answer is the same on every machine. */
function readDate(name: string, text: string): Date {
  const date = new Date(text)
  if (!/T.*(Z|[+-]\d\d:?\d\d)$/.test(text) || Number.isNaN(date.getTime())) throw badTerm(name, text)
  return date
}

function badTerm(name: string, text: string): EvaluationError {
  return new EvaluationError('cli.import.bad_setting', { setting: `${name}: ${text}` })
}
