import { requireRange } from '../unanswerable.ts'

/** A market served through partners, and the direct channel one thinks of opening beside them. Shares and rates are between 0 and 1. */
export interface DirectChannelQuestion {
  /** What the firm sells a year through all channels, at consumers’ prices. */
  sales: number
  /** By how much the market grows in a year: 0.2. */
  growth: number
  /** Share of the sales that goes through partners. */
  partnerShare: number
  /** Of the growth of a year, the share that would come to the direct channel. */
  captured: number
  /** Of what partners sell, the share that would move to the direct channel. */
  diverted: number
  /**
   * Of what partners sell, the share they would drop once they sell less than before: they delist, or push another brand. Nothing is
   * dropped while the market’s growth gives them more than the direct channel takes.
   */
  retaliation: number
  /** What is left to the firm of a sale through partners, and of a direct one after all that serving it costs: shares of the price. */
  partnerMargin: number
  directMargin: number
  /** What the direct channel costs a year whatever it sells. */
  fixedCost: number
}

/** Why a direct channel is worth opening, or is not. */
export type DirectChannelReason =
  /** Growth gives partners more than the direct channel takes: they have nothing to answer. */
  | 'growth_pays_partners'
  /** Partners lose and answer, and it pays all the same. */
  | 'pays_despite_answer'
  /** What partners would drop is worth more than what the direct channel brings. */
  | 'partners_answer_costs_more'
  /** Even if no partner answered, the direct channel would not pay for itself. */
  | 'does_not_pay'

export interface DirectChannelVerdict {
  open: boolean
  reason: DirectChannelReason
  /** Sales of partners a year later without and with the direct channel, before they answer, over what they sell today. */
  partnersWithout: number
  partnersWith: number
  conflict: boolean
  /** What the year brings more (or less) with the direct channel: before partners answer, and after. */
  gainBeforeAnswer: number
  gain: number
  /** Growth from which partners sell no less than today, the rest being as it is; Infinity where none does. */
  growthWithoutConflict: number
  /** The most partners may drop before opening stops paying; null where they do not answer or where it would not pay anyhow. */
  bearableRetaliation: number | null
  /** The direct margin from which opening pays after partners have answered; null where none up to the whole price does. */
  directMarginNeeded: number | null
}

/**
 * Whether a direct channel is worth its conflict with indirect circuits, over one year. A direct sale is either new (a share of the market’s
 * growth) or taken from partners; partners whose sales fall below today’s answer by dropping a share of what they sell. So a market that
 * grows by a fifth with half of it indirect invites a direct channel, and one that grows by 4 % and is held by partners for nine tenths
 * does not, unless what is diverted stays below g/(1 + g) of what they sell, the answer is weak, or a direct sale leaves much more (on power
 * and conflict between stages: L. Stern, A. El-Ansary, Marketing Channels; on cannibalisation against growth: A. Coughlan and others 2006).
 * Throws `Unanswerable` (`out_of_range`).
 */
export function judgeDirectChannel(question: DirectChannelQuestion): DirectChannelVerdict {
  requireQuestion(question)
  const { sales, growth, partnerShare, captured, diverted, retaliation, partnerMargin, directMargin, fixedCost } =
    question
  const today = sales * partnerShare
  // What growth does not give to the direct channel, partners have in proportion to what they hold.
  const kept = Math.max(growth, 0) * captured
  const later = (1 + growth - kept) * today
  const without = (1 + growth) * today
  const taken = later * diverted
  const fresh = sales * kept
  const withDirect = later - taken
  const conflict = withDirect < today * (1 - 1e-12)
  const direct = fresh + taken
  const lostToDirect = without - withDirect
  const before = direct * directMargin - lostToDirect * partnerMargin - fixedCost
  const dropped = conflict ? withDirect * retaliation : 0
  const gain = before - dropped * partnerMargin
  const answer = withDirect * partnerMargin
  const needed = direct > 0 ? ((lostToDirect + dropped) * partnerMargin + fixedCost) / direct : Infinity
  return {
    open: gain > 0,
    reason: reasonOf({ before, gain, conflict }),
    partnersWithout: 1 + growth,
    partnersWith: today === 0 ? 1 + growth : withDirect / today,
    conflict,
    gainBeforeAnswer: before,
    gain,
    growthWithoutConflict: growthWithoutConflict(captured, diverted),
    bearableRetaliation: conflict && before > 0 && answer > 0 ? Math.min(1, before / answer) : null,
    directMarginNeeded: needed <= 1 ? needed : null,
  }
}

/** (1 + g(1 − c))(1 − d) = 1, solved for g. */
function growthWithoutConflict(captured: number, diverted: number): number {
  if (diverted === 0) return 0
  const left = (1 - captured) * (1 - diverted)
  return left === 0 ? Infinity : diverted / left
}

function reasonOf({
  before,
  gain,
  conflict,
}: {
  before: number
  gain: number
  conflict: boolean
}): DirectChannelReason {
  if (before <= 0) return 'does_not_pay'
  if (gain <= 0) return 'partners_answer_costs_more'
  return conflict ? 'pays_despite_answer' : 'growth_pays_partners'
}

function requireQuestion(question: DirectChannelQuestion): void {
  const { sales, growth, partnerMargin, directMargin, fixedCost } = question
  requireRange('sales', sales, Number.MIN_VALUE, 1e15)
  requireRange('growth', growth, -1, 10)
  for (const name of ['partnerShare', 'captured', 'diverted', 'retaliation'] as const)
    requireRange(name, question[name], 0, 1)
  requireRange('partnerMargin', partnerMargin, -1, 1)
  requireRange('directMargin', directMargin, -10, 1)
  requireRange('fixedCost', fixedCost, 0, 1e15)
}
