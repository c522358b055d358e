import {
  trainedFigure,
  unjudgedOutlet,
  type OutletCandidate,
  type OutletCriterionGiven,
  type OutletQuestion,
  type OutletsToday,
} from '@ecluse/contracts/outlets.ts'

/** A study while it is worked on. */
export type StudyDraft = { name: string; question: OutletQuestion }

/** What a part of the desk is given to change the question. */
export type QuestionFields = { question: OutletQuestion; set: (patch: Partial<OutletQuestion>) => void }

/** Where a study begins: what the firm's data say, and ordinary terms to be judged. */
export function questionOfToday(today: OutletsToday, nameOf: (code: string) => string): OutletQuestion {
  const criterion = (code: string, least: number, change: Partial<OutletCriterionGiven> = {}) => ({
    code,
    name: nameOf(code),
    least,
    required: false,
    weight: 1,
    source: 'measured' as const,
    ...change,
  })
  const hasTraining = today.outlets.some(({ figures }) => figures[trainedFigure] !== undefined)
  return {
    areas: today.areas,
    outlets: today.outlets,
    criteria: [
      criterion('surface', 60, { required: true, weight: 2 }),
      criterion('image', 5, { weight: 2, source: 'judged' }),
      ...(hasTraining ? [criterion(trainedFigure, 80)] : []),
      criterion('price_discipline', 80),
    ],
    reach: 30,
    most: Math.min(5, today.outlets.length),
    apart: 60,
    budget: null,
    distanceWeight: 2,
    elsewhere: 100,
  }
}

/** A code no criterion has yet. */
export function freeCode(criteria: readonly { code: string }[]): string {
  const taken = new Set(criteria.map(({ code }) => code))
  let number = criteria.length + 1
  while (taken.has(`own_${number}`)) number++
  return `own_${number}`
}

/** An outlet nobody has said anything of yet. */
export const newOutlet: OutletCandidate = {
  name: '',
  country: 'FR',
  postalCode: '',
  latitude: null,
  longitude: null,
  open: false,
  ...unjudgedOutlet,
}

/** What keeps an outlet from being written, by field. */
export function outletProblems(
  { name, country, postalCode }: OutletCandidate,
  others: readonly OutletCandidate[],
): Partial<Record<'name' | 'country' | 'postalCode', 'needed' | 'taken' | 'country'>> {
  const called = name.trim()
  return {
    ...(called === '' ? { name: 'needed' as const } : {}),
    ...(others.some((other) => other.name === called) ? { name: 'taken' as const } : {}),
    ...(/^[A-Z]{2}$/.test(country) ? {} : { country: 'country' as const }),
    ...(postalCode.trim() === '' ? { postalCode: 'needed' as const } : {}),
  }
}
