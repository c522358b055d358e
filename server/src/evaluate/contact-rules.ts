import { partsOf, guardOnePart, priceOf, wishOf } from '../modules/engagement/public.ts'
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

function badTerm(name: string, text: string): EvaluationError {
  return new EvaluationError('cli.import.bad_setting', { setting: `${name}: ${text}` })
}
