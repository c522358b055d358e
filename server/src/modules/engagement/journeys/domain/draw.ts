import { createHash } from 'node:crypto'

/** The scope of the hold-out from all journeys. */
const everything = 'all journeys'

/**
 * A number from 0 to below 1 that is the same whenever it is asked: it is drawn from what it is for, not from a generator, so that
 * who is drawn into something stays in it, and the draw can be checked by anybody.
 */
function draw(scope: string, partyId: string, what: string): number {
  return createHash('sha256').update(`${scope}\0${partyId}\0${what}`).digest().readUIntBE(0, 6) / 2 ** 48
}

/**
 * Whether a customer is held out of a journey. They are when anybody merged into them is: so a merge never brings a contact to who was
 * to have none, and taking it back gives each their own draw again.
 *
 * @param memberIds everybody who is this one customer
 * @param percent from 0 to 100
 */
export function isHeldOut(journeyId: string | null, percent: number, memberIds: readonly string[]): boolean {
  return memberIds.some((id) => draw(journeyId ?? everything, id, 'held out') < percent / 100)
}

/** Whom a customer is drawn as, of everybody who is this one: the first of them, whoever is merged in later. */
export function drawnAs(memberIds: readonly string[]): string {
  return memberIds.reduce((first, id) => (id < first ? id : first))
}

/** The cell of a test somebody falls into: as often as its weight says, and always the same for the same person. */
export function cellOf<C extends { readonly key: string; readonly weight: number }>(
  cells: readonly C[],
  journeyId: string,
  nodeId: string,
  partyId: string,
): C | undefined {
  const total = cells.reduce((sum, { weight }) => sum + weight, 0)
  let left = draw(journeyId, partyId, `cell ${nodeId}`) * total
  return cells.find(({ weight }) => (left -= weight) < 0) ?? cells.at(-1)
}

/** The arm of an experiment somebody falls into: the same wherever it is asked, in a journey or at a till. */
export function armCellOf<C extends { readonly key: string; readonly weight: number }>(
  arms: readonly C[],
  experiment: { readonly id: string; readonly seed: number },
  partyId: string,
): C | undefined {
  return cellOf(arms, experiment.id, `arm ${experiment.seed}`, partyId)
}
