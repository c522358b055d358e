import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { AnsweredLine, UblAnswer } from '../../../kernel/ubl/ubl-answers.ts'

/** A line of an order to a supplier, as an answer is matched with it. */
export type KnownLine = {
  readonly variantId: string
  readonly sku: string
  readonly gtin: string | null
  readonly orderedUnits: number
  readonly receivedUnits: number
  readonly expectedOn: string | null
}

/** What an answer says of a line, and what it makes of it. */
export type AppliedLine = {
  readonly variantId: string | null
  readonly sku: string
  readonly outcome: 'confirmed' | 'fewer' | 'refused' | 'announced' | 'unknown'
  readonly units: number | null
  readonly expectedOn: string | null
  /** Why, in the supplier's own words. */
  readonly note: string | null
  /** Serial numbers or the lot of what was sent, when they are named. */
  readonly lots: readonly LotUnits[]
}

/** A line as it is promised from now on. */
export type PromisedLine = { readonly variantId: string; readonly units: number; readonly expectedOn: string | null }

/**
 * What an answer changes. An order response confirms how many come and when; fewer are promised when it says so, and what is
 * refused is not expected on any day. A despatch advice says on which day what was sent comes.
 * @param known lines in the order in which they were numbered, from 1, when the order went out
 */
export function applyAnswer(
  answer: UblAnswer,
  known: readonly KnownLine[],
): { readonly applied: AppliedLine[]; readonly promised: PromisedLine[] } {
  const refused = answer.kind === 'order_response' && answer.code === 'RE'
  const acknowledged = answer.kind === 'order_response' && answer.code === 'AB'
  // An answer without lines is about all of them.
  const said = answer.lines.length > 0 ? answer.lines : known.map((_, index) => plain(index))
  const applied: AppliedLine[] = []
  const promised: PromisedLine[] = []
  if (acknowledged) return { applied, promised }
  for (const line of said) {
    const found = lineOf(line, known)
    const { note, lots } = line
    if (!found) {
      const sku = line.buyersId ?? line.sellersId ?? line.gtin ?? line.lineId ?? ''
      applied.push({ variantId: null, sku, outcome: 'unknown', units: line.units, expectedOn: null, note, lots })
      continue
    }
    const one =
      answer.kind === 'despatch_advice' ? announced(answer, line, found) : responded(answer, line, found, refused)
    applied.push({ variantId: found.variantId, sku: found.sku, ...one, note, lots })
    const units = one.outcome === 'fewer' ? Math.max(one.units ?? 1, found.receivedUnits, 1) : found.orderedUnits
    promised.push({ variantId: found.variantId, units, expectedOn: one.expectedOn })
  }
  return { applied, promised }
}

type Said = Pick<AppliedLine, 'outcome' | 'units' | 'expectedOn'>

function responded(answer: UblAnswer, line: AnsweredLine, known: KnownLine, refused: boolean): Said {
  if (refused || line.status === '7' || line.units === 0) return { outcome: 'refused', units: 0, expectedOn: null }
  const expectedOn = line.comesOn ?? answer.comesOn ?? known.expectedOn
  const fewer = line.units !== null && line.units < known.orderedUnits
  return { outcome: fewer ? 'fewer' : 'confirmed', units: line.units ?? known.orderedUnits, expectedOn }
}

function announced(answer: UblAnswer, line: AnsweredLine, known: KnownLine): Said {
  return { outcome: 'announced', units: line.units, expectedOn: answer.comesOn ?? known.expectedOn }
}

const plain = (index: number): AnsweredLine => ({
  lineId: String(index + 1),
  gtin: null,
  sellersId: null,
  buyersId: null,
  units: null,
  status: null,
  comesOn: null,
  note: null,
  lots: [],
})

/** By our own number of the line or the article; the supplier's own numbers are not known to us. */
function lineOf({ lineId, gtin, buyersId }: AnsweredLine, known: readonly KnownLine[]): KnownLine | undefined {
  const digits = (text: string) => text.replace(/^0+/, '')
  return (
    known.find(({ sku }) => buyersId !== null && sku === buyersId) ??
    known.find((line) => gtin !== null && line.gtin !== null && digits(line.gtin) === digits(gtin)) ??
    (lineId === null ? undefined : known[Number(lineId) - 1])
  )
}
